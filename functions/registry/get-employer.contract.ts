import { reading } from "../kit/agency-operation.ts";
import type { OperationContract, OperationDocs } from "../kit/operation.ts";
import { employer } from "./of-institution.ts";

export const getEmployerContract = {
  ...reading,
  ...employer,
  id: "get-employer",
  audit: "NOTHING",
} as const satisfies OperationContract;

export const getEmployerDocs = (): OperationDocs => ({
  summary: { en: "Read an employer as it was stated", zh: "查询用人单位" },
  failures: ["EMPLOYER_NOT_FOUND"],
});
