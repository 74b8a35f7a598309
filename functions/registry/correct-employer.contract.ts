import * as z from "zod/mini";
import { Uscc } from "../../shared/domain/check-characters.ts";
import { RevealReason } from "../../shared/domain/registry/worker.ts";
import { message } from "../kit/agency-operation.ts";
import type { OperationContract, OperationDocs } from "../kit/operation.ts";
import { EmployerCorrectionView } from "./case-views.ts";
import { ofCase } from "./of-case.ts";

export const correctEmployerContract = {
  ...message,
  id: "correct-employer",
  path: "/v1/agency/cases/{caseNo}/employer-corrections",
  params: ofCase.params,
  body: z.strictObject({ employerUscc: Uscc, reason: RevealReason }),
  answer: { status: 201, schema: EmployerCorrectionView },
  audit: "CHANGE",
  undo: { none: "A correction is mended by another one." },
} as const satisfies OperationContract;

export const correctEmployerDocs = (): OperationDocs => ({
  summary: {
    en: "Correct the employer of a case; its visits follow, those of which the fund has settled anything are named",
    zh: "更正工伤认定的用人单位：未结算、挂账和已转出的就诊随之更正，基金已结算的逐一列出，理由留痕",
  },
  failures: ["CASE_NOT_FOUND", "EMPLOYER_UNKNOWN", "CASE_HAS_VISITS"],
  example: {
    request: { employerUscc: "91999999DEM000006M", reason: "用人单位录入有误，已核对劳动合同" },
  },
});
