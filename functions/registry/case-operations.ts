import * as z from "zod/mini";
import { Uscc } from "../../shared/domain/check-characters.ts";
import { CaseNo, CaseStatement } from "../../shared/domain/registry/injury-case.ts";
import { RevealReason } from "../../shared/domain/registry/worker.ts";
import { message, reading, statement } from "../kit/agency-operation.ts";
import type { OperationDefinition } from "../kit/operation.ts";
import { ofVisit } from "../kit/path-params.ts";
import { pageShape } from "../kit/views.ts";
import { CaseView, CaseWithVisitsView, EmployerCorrectionView, LinkedVisitView } from "./case-views.ts";

const ofCase = { path: "/v1/agency/cases/{caseNo}", params: z.strictObject({ caseNo: CaseNo }) } as const;

/** 20 injuries of 50 prefixes, 50 authorisations of 100 hospitals: the largest case has some 200,000 bytes. */
const CASE_BODY_BYTES = 512_000;

/** Cases, and which visit belongs to which. */
export const caseOperations = {
  putCase: {
    ...statement,
    ...ofCase,
    id: "put-case",
    summary: { en: "State a case, its decision, injuries and authorisations", zh: "登记工伤认定" },
    body: CaseStatement,
    maxBodyBytes: CASE_BODY_BYTES,
    answer: { status: 200, schema: CaseView },
    failures: ["WORKER_UNKNOWN", "EMPLOYER_UNKNOWN", "CASE_NUMBER_TAKEN", "CASE_HAS_VISITS", "DAY_IN_FUTURE"],
  },
  getCase: {
    ...reading,
    ...ofCase,
    id: "get-case",
    summary: {
      en: "Read a case as it was stated last, with a page of its visits",
      zh: "查询工伤认定：最近一次登记的内容，附本案就诊",
    },
    query: z.strictObject(pageShape),
    answer: { status: 200, schema: CaseWithVisitsView },
    failures: ["CASE_NOT_FOUND", "CURSOR_INVALID"],
  },
  correctEmployer: {
    ...message,
    id: "correct-employer",
    path: "/v1/agency/cases/{caseNo}/employer-corrections",
    summary: {
      en: "Correct the employer of a case; its visits follow, those of which the fund has settled anything are named",
      zh: "更正工伤认定的用人单位：未结算、挂账和已转出的就诊随之更正，基金已结算的逐一列出，理由留痕",
    },
    params: ofCase.params,
    body: z.strictObject({ employerUscc: Uscc, reason: RevealReason }),
    answer: { status: 201, schema: EmployerCorrectionView },
    failures: ["CASE_NOT_FOUND", "EMPLOYER_UNKNOWN", "CASE_HAS_VISITS"],
  },
  linkCase: {
    ...message,
    id: "link-case",
    path: "/v1/agency/visits/{visitId}/case",
    summary: { en: "Link a visit that was taken in on notice to its case", zh: "关联工伤认定" },
    params: ofVisit,
    body: z.strictObject({ caseNo: CaseNo }),
    answer: { status: 200, schema: LinkedVisitView },
    failures: [
      "VISIT_NOT_FOUND",
      "VISIT_HAS_CASE",
      "VISIT_CANCELLED",
      "CASE_UNKNOWN",
      "CASE_OF_ANOTHER_WORKER",
      "BEFORE_INJURY",
    ],
  },
} as const satisfies Record<string, OperationDefinition>;
