import { reading } from "../kit/agency-operation.ts";
import type { OperationContract, OperationDocs } from "../kit/operation.ts";
import { hospital } from "./of-institution.ts";

export const getHospitalContract = {
  ...reading,
  ...hospital,
  id: "get-hospital",
  audit: "NOTHING",
} as const satisfies OperationContract;

export const getHospitalDocs = (): OperationDocs => ({
  summary: { en: "Read a designated hospital as it was stated", zh: "查询协议机构" },
  failures: ["HOSPITAL_NOT_FOUND"],
});
