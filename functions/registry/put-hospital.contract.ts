import { HospitalStatement } from "../../shared/domain/registry/hospital.ts";
import { statement } from "../kit/agency-operation.ts";
import type { OperationContract, OperationDocs } from "../kit/operation.ts";
import { exampleHospital } from "./example-hospital.ts";
import { hospital } from "./of-institution.ts";

export const putHospitalContract = {
  ...statement,
  ...hospital,
  id: "put-hospital",
  body: HospitalStatement,
  audit: "CHANGE",
} as const satisfies OperationContract;

export const putHospitalDocs = (): OperationDocs => ({
  summary: { en: "State a designated hospital", zh: "登记协议机构" },
  failures: [],
  example: {
    request: exampleHospital,
  },
});
