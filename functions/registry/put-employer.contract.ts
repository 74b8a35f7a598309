import { EmployerStatement } from "../../shared/domain/registry/employer.ts";
import { statement } from "../kit/agency-operation.ts";
import type { OperationContract, OperationDocs } from "../kit/operation.ts";
import { employer } from "./of-institution.ts";

export const putEmployerContract = {
  ...statement,
  ...employer,
  id: "put-employer",
  body: EmployerStatement,
  audit: "CHANGE",
} as const satisfies OperationContract;

export const putEmployerDocs = (): OperationDocs => ({
  summary: { en: "State an employer and its insured periods", zh: "登记用人单位" },
  failures: [],
  example: {
    request: { name: "云渚市霁川五金制品有限公司", insured: [{ from: "2019-07-01", to: null }] },
  },
});
