import { EmployerStatement } from "../../shared/domain/registry/employer.ts";
import { statement } from "../kit/agency-operation.ts";
import type { OperationContract } from "../kit/operation.ts";
import { employer } from "./institution-schemas.ts";

export const putEmployerContract = {
  ...statement,
  ...employer,
  id: "put-employer",
  summary: { en: "State an employer and its insured periods", zh: "登记用人单位" },
  body: EmployerStatement,
  failures: [],
  audit: "CHANGE",
} as const satisfies OperationContract;
