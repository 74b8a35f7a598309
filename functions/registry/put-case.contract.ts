import { CaseInput } from "../../shared/domain/registry/injury-case.ts";
import { statement } from "../kit/agency-operation.ts";
import type { OperationContract } from "../kit/operation.ts";
import { ofCase } from "./case-schemas.ts";
import { CaseView } from "./case-views.ts";

/** 20 injuries of 50 prefixes, 50 authorisations of 100 hospitals: the largest case has some 200,000 bytes. */
const CASE_BODY_BYTES = 512_000;

export const putCaseContract = {
  ...statement,
  ...ofCase,
  id: "put-case",
  summary: { en: "State a case, its decision, injuries and authorisations", zh: "登记工伤认定" },
  body: CaseInput,
  maxBodyBytes: CASE_BODY_BYTES,
  answer: { status: 200, schema: CaseView },
  failures: ["WORKER_UNKNOWN", "EMPLOYER_UNKNOWN", "CASE_NUMBER_TAKEN", "CASE_HAS_VISITS", "DAY_IN_FUTURE"],
  audit: "CHANGE",
} as const satisfies OperationContract;
