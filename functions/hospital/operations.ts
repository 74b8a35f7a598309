import * as z from "zod/mini";
import { ChargeLine, LineNo } from "../../shared/domain/charges/charge-line.ts";
import { DaySchema } from "../../shared/domain/dates.ts";
import { refusalCodes } from "../../shared/domain/eligibility/check-eligibility.ts";
import {
  Discharge,
  namesOneWorker,
  VisitAmendment,
  VisitRegistration,
  workerNameShape,
} from "../../shared/domain/visit/visit.ts";
import { VisitType } from "../../shared/domain/visit/visit-type.ts";
import { emptyBody, noBody, noParams, noQuery, type OperationDefinition } from "../operation.ts";
import { DayText, pageOf, pageShape } from "../views.ts";
import {
  ChargeLineView,
  LineAllocationView,
  PreviewView,
  SettledLineView,
  SettlementView,
  VisitView,
} from "./views.ts";

/** Lines of one message; hospitals send at most 100 to 300 a call today (domain.md section 5). */
const MAX_LINES = 500;

const ofVisit = z.strictObject({ visitId: z.string().check(z.maxLength(64)) });
const ofSettlement = z.strictObject({ settlementId: z.string().check(z.maxLength(64)) });

const EligibilityView = z.object({
  route: z.enum(["DIRECT", "PROVISIONAL", "NONE"]),
  depositRequired: z.boolean(),
  worker: z.optional(z.object({ name: z.string(), idNumber: z.string() })),
  authorisations: z.array(
    z.object({
      caseNo: z.string(),
      route: z.string(),
      benefit: z.string(),
      employer: z.object({ uscc: z.string(), name: z.string() }),
      injuries: z.array(z.object({ bodyPart: z.string(), diagnosisPrefixes: z.array(z.string()) })),
      from: DayText,
      to: z.nullable(DayText),
    }),
  ),
  refusals: z.array(z.object({ caseNo: z.optional(z.string()), code: z.string(), detail: z.string() })),
});

const RevocationBody = z
  .strictObject({
    lineNos: z.optional(z.array(LineNo).check(z.minLength(1), z.maxLength(MAX_LINES))),
    all: z.optional(z.literal(true)),
  })
  .check(
    z.refine((body) => (body.lineNos === undefined) !== (body.all === undefined), {
      error: "LINES_OR_ALL_REQUIRED",
      path: ["lineNos"],
    }),
  );

/** Why a visit may not be changed. */
const notChangeable = ["VISIT_NOT_FOUND", "VISIT_NOT_OPEN", "VISIT_SETTLED", "VISIT_CANCELLED"] as const;

const common = { audience: "hospital", roles: ["hospital"] } as const;
const unchanging = { ...common, message: false } as const;
const message = { ...common, message: true } as const;

export const hospitalOperations = {
  checkEligibility: {
    ...unchanging,
    id: "check-eligibility",
    method: "POST",
    path: "/v1/hospital/eligibility-checks",
    summary: { en: "May this worker be treated at the fund's cost?", zh: "核验待遇资格" },
    params: noParams,
    query: noQuery,
    body: z
      .strictObject({ ...workerNameShape, visitType: VisitType, serviceDate: DaySchema })
      .check(namesOneWorker),
    answer: { status: 200, schema: EligibilityView },
    failures: ["HOSPITAL_UNKNOWN"],
  },
  registerVisit: {
    ...message,
    id: "register-visit",
    method: "POST",
    path: "/v1/hospital/visits",
    summary: { en: "Register an attendance or a stay", zh: "就诊登记" },
    params: noParams,
    query: noQuery,
    body: VisitRegistration,
    answer: { status: 201, schema: VisitView },
    failures: ["HOSPITAL_UNKNOWN", "VISIT_NUMBER_TAKEN", ...refusalCodes],
  },
  getVisit: {
    ...unchanging,
    id: "get-visit",
    method: "GET",
    path: "/v1/hospital/visits/{visitId}",
    summary: { en: "Read a visit", zh: "查询就诊登记" },
    params: ofVisit,
    query: noQuery,
    body: noBody,
    answer: { status: 200, schema: VisitView },
    failures: ["VISIT_NOT_FOUND"],
  },
  amendVisit: {
    ...unchanging,
    id: "amend-visit",
    method: "PATCH",
    path: "/v1/hospital/visits/{visitId}",
    summary: { en: "Change ward, bed, doctor, diagnoses or the employer's notice", zh: "修改就诊登记" },
    params: ofVisit,
    query: noQuery,
    body: VisitAmendment,
    answer: { status: 200, schema: VisitView },
    failures: [...notChangeable, "DIAGNOSIS_OUTSIDE_CASE"],
  },
  uploadCharges: {
    ...message,
    id: "upload-charges",
    method: "POST",
    path: "/v1/hospital/visits/{visitId}/charges",
    summary: { en: "Upload charge lines; the answer says who bears what", zh: "上传费用明细" },
    params: ofVisit,
    query: noQuery,
    body: z.strictObject({ lines: z.array(ChargeLine).check(z.minLength(1), z.maxLength(MAX_LINES)) }),
    answer: { status: 201, schema: z.object({ visitId: z.string(), lines: z.array(LineAllocationView) }) },
    failures: [
      ...notChangeable,
      "NO_POLICY",
      "TOO_MANY_LINES",
      "LINE_AMOUNT_MISMATCH",
      "LINE_NUMBER_TAKEN",
      "SERVICE_DATE_OUTSIDE_VISIT",
      "REFUND_WITHOUT_ORIGINAL",
      "REFUND_QUANTITY_NOT_NEGATIVE",
      "REFUND_ORIGINAL_UNKNOWN",
      "REFUND_ITEM_DIFFERS",
      "REFUND_PRICE_DIFFERS",
      "REFUND_EXCEEDS_ORIGINAL",
    ],
  },
  listCharges: {
    ...unchanging,
    id: "list-charges",
    method: "GET",
    path: "/v1/hospital/visits/{visitId}/charges",
    summary: { en: "List the lines of a visit", zh: "查询费用明细" },
    params: ofVisit,
    query: z.strictObject(pageShape),
    body: noBody,
    answer: { status: 200, schema: pageOf(ChargeLineView) },
    failures: ["VISIT_NOT_FOUND", "CURSOR_INVALID"],
  },
  revokeCharges: {
    ...message,
    id: "revoke-charges",
    method: "POST",
    path: "/v1/hospital/visits/{visitId}/charges/revocation",
    summary: { en: "Revoke unsettled lines", zh: "撤销费用明细" },
    params: ofVisit,
    query: noQuery,
    body: RevocationBody,
    answer: {
      status: 200,
      schema: z.object({ visitId: z.string(), revoked: z.array(z.string()), lineCount: z.number() }),
    },
    failures: [...notChangeable, "LINE_UNKNOWN", "LINE_REFUNDED"],
  },
  dischargeWorker: {
    ...message,
    id: "discharge-worker",
    method: "POST",
    path: "/v1/hospital/visits/{visitId}/discharge",
    summary: { en: "Discharge from a stay", zh: "出院登记" },
    params: ofVisit,
    query: noQuery,
    body: Discharge,
    answer: { status: 200, schema: VisitView },
    failures: [
      ...notChangeable,
      "VISIT_NOT_A_STAY",
      "DISCHARGED_BEFORE_ADMISSION",
      "SERVICE_DATE_OUTSIDE_VISIT",
    ],
  },
  previewSettlement: {
    ...unchanging,
    id: "preview-settlement",
    method: "POST",
    path: "/v1/hospital/visits/{visitId}/settlement-preview",
    summary: { en: "Calculate the settlement without storing it", zh: "预结算" },
    params: ofVisit,
    query: noQuery,
    body: emptyBody,
    answer: { status: 200, schema: PreviewView },
    failures: ["VISIT_NOT_FOUND", "VISIT_SETTLED", "VISIT_CANCELLED", "NO_POLICY", "NOTHING_TO_SETTLE"],
  },
  settleVisit: {
    ...message,
    id: "settle-visit",
    method: "POST",
    path: "/v1/hospital/visits/{visitId}/settlements",
    summary: { en: "Settle a visit", zh: "结算" },
    params: ofVisit,
    query: noQuery,
    body: emptyBody,
    answer: { status: 201, schema: SettlementView },
    failures: [
      "VISIT_NOT_FOUND",
      "VISIT_NOT_DISCHARGED",
      "VISIT_NOT_OPEN",
      "VISIT_SETTLED",
      "VISIT_CANCELLED",
      "CASE_UNDECIDED",
      "CASE_NOT_RECOGNISED",
      "NO_POLICY",
      "NOTHING_TO_SETTLE",
    ],
  },
  getSettlement: {
    ...unchanging,
    id: "get-settlement",
    method: "GET",
    path: "/v1/hospital/settlements/{settlementId}",
    summary: { en: "Read a settlement", zh: "查询结算" },
    params: ofSettlement,
    query: noQuery,
    body: noBody,
    answer: { status: 200, schema: SettlementView },
    failures: ["SETTLEMENT_NOT_FOUND"],
  },
  listSettlementLines: {
    ...unchanging,
    id: "list-settlement-lines",
    method: "GET",
    path: "/v1/hospital/settlements/{settlementId}/lines",
    summary: { en: "Read how each line was settled", zh: "查询结算明细" },
    params: ofSettlement,
    query: z.strictObject(pageShape),
    body: noBody,
    answer: { status: 200, schema: pageOf(SettledLineView) },
    failures: ["SETTLEMENT_NOT_FOUND", "CURSOR_INVALID"],
  },
} as const satisfies Record<string, OperationDefinition>;
