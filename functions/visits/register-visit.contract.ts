import { refusalCodes } from "../../shared/domain/visits/check-eligibility.ts";
import { VisitRegistration } from "../../shared/domain/visits/visit-requests.ts";
import { message } from "../kit/hospital-operation.ts";
import { noParams, noQuery, type OperationContract, type OperationDocs } from "../kit/operation.ts";
import { VisitView } from "./visit-view.ts";

export const registerVisitContract = {
  ...message,
  id: "register-visit",
  method: "POST",
  path: "/v1/hospital/visits",
  params: noParams,
  query: noQuery,
  body: VisitRegistration,
  answer: { status: 201, schema: VisitView },
  audit: "CHANGE",
  undo: "PLANNED",
} as const satisfies OperationContract;

export const registerVisitDocs = (): OperationDocs => ({
  summary: { en: "Register an attendance or a stay", zh: "就诊登记" },
  failures: ["TOO_MANY_LOOKUPS", "VISIT_NUMBER_TAKEN", "DAY_IN_FUTURE", ...refusalCodes],
  example: {
    request: {
      hospitalVisitNo: "MZ20261102001",
      visitType: "OUTPATIENT",
      cardNumber: "DEMO000001",
      caseNo: "GS2026000001",
      admittedAt: "2026-11-02T09:30:00+08:00",
      department: "手外科",
      doctorCode: "D330304000123",
      diagnoses: [{ code: "S62.600", name: "示指近节指骨骨折", primary: true }],
      employerNotice: { reference: "GZ2026000001", at: "2026-11-02T09:00:00+08:00" },
    },
  },
});
