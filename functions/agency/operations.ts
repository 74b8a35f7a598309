import * as z from "zod/mini";
import { Uscc } from "../../shared/domain/check-characters.ts";
import { DaySchema } from "../../shared/domain/dates.ts";
import { CatalogueItem, itemKinds } from "../../shared/domain/registry/catalogue.ts";
import { EmployerStatement } from "../../shared/domain/registry/employer.ts";
import { HospitalCode, HospitalStatement } from "../../shared/domain/registry/hospital.ts";
import { CaseNo, CaseStatement } from "../../shared/domain/registry/injury-case.ts";
import { PolicyTerms } from "../../shared/domain/registry/policy.ts";
import { WorkerStatement } from "../../shared/domain/registry/worker.ts";
import { visitStatuses } from "../../shared/domain/visit/visit.ts";
import { listAgencyEvents } from "../feed/feed-operation.ts";
import { noBody, noParams, noQuery, type OperationDefinition } from "../operation.ts";
import { Amount, DayText } from "../views.ts";
import { makeWebhookOperations } from "../webhooks/webhook-operations.ts";
import { RevealedWorkerView, WorkerView } from "./worker-view.ts";

/** Catalogue items of one call. */
const MAX_ITEMS = 500;

const PeriodView = z.object({ from: DayText, to: z.nullable(DayText) });

const HospitalView = z.object({
  code: z.string(),
  name: z.string(),
  tier: z.number(),
  services: z.array(z.string()),
  agreement: z.object({ from: DayText, to: z.nullable(DayText), status: z.string() }),
});
const EmployerView = z.object({ uscc: z.string(), name: z.string(), insured: z.array(PeriodView) });
const CaseView = z.object({
  caseNo: z.string(),
  workerId: z.string(),
  employerUscc: z.string(),
  injuredOn: DayText,
  status: z.string(),
  thirdPartyLiability: z.boolean(),
  injuries: z.array(
    z.object({ bodyPart: z.string(), description: z.string(), diagnosisPrefixes: z.array(z.string()) }),
  ),
  authorisations: z.array(
    z.object({
      benefit: z.string(),
      from: DayText,
      to: z.nullable(DayText),
      hospitalCodes: z.optional(z.array(z.string())),
    }),
  ),
  appliedOn: z.optional(DayText),
  acceptedOn: z.optional(DayText),
  factsAreClear: z.optional(z.boolean()),
});
const PolicyView = z.object({
  effectiveFrom: DayText,
  unrelatedBearer: z.string(),
  noEmployerNoticeBearer: z.string(),
  noConsentBearer: z.string(),
  overCapBearer: z.string(),
  overQuantityBearer: z.string(),
  releasedBearer: z.string(),
  mealAllowancePerDay: Amount,
  decisionDays: z.optional(z.number()),
  clearDecisionDays: z.optional(z.number()),
  applicationDays: z.optional(z.number()),
});

const itemsAreDistinct = z.refine<readonly { itemCode: string }[]>(
  (items) => new Set(items.map(({ itemCode }) => itemCode)).size === items.length,
  { error: "DUPLICATE" },
);

const common = { audience: "agency", roles: ["agency"], query: noQuery } as const;
const statement = { ...common, method: "PUT", message: false } as const;
const message = { ...common, method: "POST", message: true, params: noParams } as const;

export const webhookOperations = makeWebhookOperations("agency");

export const agencyOperations = {
  putHospital: {
    ...statement,
    id: "put-hospital",
    path: "/v1/agency/hospitals/{code}",
    summary: { en: "State a designated hospital", zh: "登记协议机构" },
    params: z.strictObject({ code: HospitalCode }),
    body: HospitalStatement,
    answer: { status: 200, schema: HospitalView },
    failures: [],
  },
  putEmployer: {
    ...statement,
    id: "put-employer",
    path: "/v1/agency/employers/{uscc}",
    summary: { en: "State an employer and its insured periods", zh: "登记用人单位" },
    params: z.strictObject({ uscc: Uscc }),
    body: EmployerStatement,
    answer: { status: 200, schema: EmployerView },
    failures: [],
  },
  putWorker: {
    ...message,
    id: "put-worker",
    path: "/v1/agency/workers",
    summary: { en: "State a worker; the same ID number is updated", zh: "登记职工" },
    body: WorkerStatement,
    answer: { status: 201, schema: WorkerView },
    failures: ["CARD_NUMBER_TAKEN"],
  },
  getWorker: {
    ...common,
    id: "get-worker",
    method: "GET",
    path: "/v1/agency/workers/{workerId}",
    message: false,
    summary: {
      en: "Read a worker, masked; with a reason, which goes on record, as the person is named",
      zh: "查询职工：默认遮盖；写明理由方可查看原文，理由留痕",
    },
    params: z.strictObject({ workerId: z.string().check(z.regex(/^W[0-9A-Z]{20}$/)) }),
    query: z.strictObject({ reveal: z.optional(z.string().check(z.minLength(4), z.maxLength(200))) }),
    body: noBody,
    answer: { status: 200, schema: RevealedWorkerView },
    failures: ["WORKER_NOT_FOUND"],
  },
  putCase: {
    ...statement,
    id: "put-case",
    path: "/v1/agency/cases/{caseNo}",
    summary: { en: "State a case, its decision, injuries and authorisations", zh: "登记工伤认定" },
    params: z.strictObject({ caseNo: CaseNo }),
    body: CaseStatement,
    answer: { status: 200, schema: CaseView },
    failures: ["WORKER_UNKNOWN", "EMPLOYER_UNKNOWN", "CASE_NUMBER_TAKEN", "CASE_HAS_VISITS", "DAY_IN_FUTURE"],
  },
  linkCase: {
    ...common,
    id: "link-case",
    method: "POST",
    path: "/v1/agency/visits/{visitId}/case",
    message: true,
    summary: { en: "Link a visit that was taken in on notice to its case", zh: "关联工伤认定" },
    params: z.strictObject({ visitId: z.string().check(z.maxLength(64)) }),
    query: noQuery,
    body: z.strictObject({ caseNo: CaseNo }),
    answer: {
      status: 200,
      schema: z.object({
        visitId: z.string(),
        caseNo: z.string(),
        hospitalCode: z.string(),
        status: z.enum(visitStatuses),
      }),
    },
    failures: [
      "VISIT_NOT_FOUND",
      "VISIT_HAS_CASE",
      "VISIT_CANCELLED",
      "CASE_UNKNOWN",
      "CASE_OF_ANOTHER_WORKER",
      "BEFORE_INJURY",
    ],
  },
  importCatalogue: {
    ...message,
    id: "import-catalogue",
    path: "/v1/agency/catalogue-items",
    summary: { en: "State up to 500 catalogue items with their periods", zh: "导入三目录" },
    body: z.strictObject({
      items: z.array(CatalogueItem).check(z.minLength(1), z.maxLength(MAX_ITEMS), itemsAreDistinct),
    }),
    answer: {
      status: 201,
      schema: z.object({ imported: z.number(), kinds: z.record(z.enum(itemKinds), z.number()) }),
    },
    failures: [],
  },
  putPolicy: {
    ...statement,
    id: "put-policy",
    path: "/v1/agency/policies/{effectiveFrom}",
    summary: { en: "State who bears what from a day on", zh: "登记政策" },
    params: z.strictObject({ effectiveFrom: DaySchema }),
    body: PolicyTerms,
    answer: { status: 200, schema: PolicyView },
    failures: [],
  },
  listAgencyEvents,
  ...webhookOperations,
} as const satisfies Record<string, OperationDefinition>;
