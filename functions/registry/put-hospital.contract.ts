import { HospitalStatement } from "../../shared/domain/registry/hospital.ts";
import { statement } from "../kit/agency-operation.ts";
import type { OperationContract } from "../kit/operation.ts";
import { hospital } from "./institution-schemas.ts";

export const putHospitalContract = {
  ...statement,
  ...hospital,
  id: "put-hospital",
  summary: { en: "State a designated hospital", zh: "登记协议机构" },
  body: HospitalStatement,
  failures: [],
  audit: "CHANGE",
} as const satisfies OperationContract;
