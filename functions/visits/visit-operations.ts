import * as z from "zod/mini";
import { DaySchema } from "../../shared/domain/dates.ts";
import { idTypes } from "../../shared/domain/registry/person-number.ts";
import { VisitType } from "../../shared/domain/visit-type.ts";
import { refusalCodes } from "../../shared/domain/visits/check-eligibility.ts";
import { visitStatuses } from "../../shared/domain/visits/visit.ts";
import {
  Advance,
  Discharge,
  HospitalVisitNo,
  namesOneWorker,
  VisitAmendment,
  VisitRegistration,
  workerNameShape,
} from "../../shared/domain/visits/visit-requests.ts";
import { message, notChangeable, unchanging } from "../kit/hospital-operation.ts";
import { emptyBody, noBody, noParams, noQuery, type OperationDefinition } from "../kit/operation.ts";
import { ofVisit } from "../kit/path-params.ts";
import { namesNumberOrPeriod } from "../kit/report-period.ts";
import { DayText, pageShape } from "../kit/views.ts";
import { VisitPageView, VisitView } from "./visit-view.ts";

const NamedHospitalView = z.object({ code: z.string(), name: z.string() });

const EligibilityView = z.object({
  route: z.enum(["DIRECT", "PROVISIONAL", "NONE"]),
  depositRequired: z.boolean(),
  worker: z.optional(z.object({ name: z.string(), idType: z.enum(idTypes), idNumber: z.string() })),
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
  refusals: z.array(
    z.object({
      caseNo: z.optional(z.string()),
      code: z.string(),
      hospital: z.optional(NamedHospitalView),
      detail: z.string(),
    }),
  ),
});

/** Eligibility, registration and discharge, and how they are taken back. */
export const visitOperations = {
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
      .check(...namesOneWorker),
    answer: { status: 200, schema: EligibilityView },
    failures: ["TOO_MANY_LOOKUPS"],
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
    failures: ["TOO_MANY_LOOKUPS", "VISIT_NUMBER_TAKEN", "DAY_IN_FUTURE", ...refusalCodes],
  },
  listVisits: {
    ...unchanging,
    id: "list-visits",
    method: "GET",
    path: "/v1/hospital/visits",
    summary: {
      en: "List own visits by their number, or by days of admission, the latest first",
      zh: "查询本院就诊登记：按院内就诊号，或按就诊（入院）日期，由近及远",
    },
    params: noParams,
    query: z
      .strictObject({
        hospitalVisitNo: z.optional(HospitalVisitNo),
        status: z.optional(z.enum(visitStatuses)),
        from: z.optional(DaySchema),
        to: z.optional(DaySchema),
        ...pageShape,
      })
      .check(...namesNumberOrPeriod),
    body: noBody,
    answer: { status: 200, schema: VisitPageView },
    failures: ["CURSOR_INVALID"],
  },
  findVisits: {
    ...unchanging,
    id: "find-visits",
    method: "POST",
    path: "/v1/hospital/visit-searches",
    summary: {
      en: "Find own visits of a worker by ID or card number, the latest first",
      zh: "按证件号码或社保卡号查找职工在本院的就诊登记，由近及远",
    },
    params: noParams,
    query: z.strictObject(pageShape),
    body: z.strictObject(workerNameShape).check(...namesOneWorker),
    answer: { status: 200, schema: VisitPageView },
    failures: ["TOO_MANY_LOOKUPS", "CURSOR_INVALID"],
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
    summary: {
      en: "Change ward, bed, doctor, diagnoses, the employer's notice or the time of discharge",
      zh: "修改就诊登记",
    },
    params: ofVisit,
    query: noQuery,
    body: VisitAmendment,
    answer: { status: 200, schema: VisitView },
    failures: [
      ...notChangeable,
      "VISIT_NOT_DISCHARGED",
      "ADMITTED_ELSEWHERE",
      "DISCHARGED_BEFORE_ADMISSION",
      "SERVICE_DATE_OUTSIDE_VISIT",
      "DIAGNOSIS_OUTSIDE_CASE",
      "DAY_IN_FUTURE",
    ],
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
      "ADMITTED_ELSEWHERE",
      "DISCHARGED_BEFORE_ADMISSION",
      "SERVICE_DATE_OUTSIDE_VISIT",
      "DAY_IN_FUTURE",
      "DIAGNOSIS_OUTSIDE_CASE",
    ],
  },
  cancelDischarge: {
    ...message,
    id: "cancel-discharge",
    method: "POST",
    path: "/v1/hospital/visits/{visitId}/discharge-cancellation",
    summary: { en: "Take a discharge back", zh: "撤销出院登记" },
    params: ofVisit,
    query: noQuery,
    body: emptyBody,
    answer: { status: 200, schema: VisitView },
    failures: [
      "VISIT_NOT_FOUND",
      "VISIT_NOT_DISCHARGED",
      "VISIT_NOT_OPEN",
      "VISIT_SETTLED",
      "VISIT_CANCELLED",
      "ADMITTED_ELSEWHERE",
    ],
  },
  recordAdvance: {
    ...message,
    id: "record-advance",
    method: "POST",
    path: "/v1/hospital/visits/{visitId}/advances",
    summary: { en: "Record what employer or worker paid meanwhile", zh: "登记垫付" },
    params: ofVisit,
    query: noQuery,
    body: Advance,
    answer: { status: 201, schema: VisitView },
    failures: [...notChangeable, "RECEIPT_TAKEN", "TOO_MANY_ADVANCES"],
  },
  cancelVisit: {
    ...message,
    id: "cancel-visit",
    method: "POST",
    path: "/v1/hospital/visits/{visitId}/cancellation",
    summary: { en: "Take a registration back", zh: "撤销就诊登记" },
    params: ofVisit,
    query: noQuery,
    body: emptyBody,
    answer: { status: 200, schema: VisitView },
    failures: [...notChangeable, "VISIT_HAS_SETTLEMENTS"],
  },
} as const satisfies Record<string, OperationDefinition>;
