import { unchanging } from "../kit/hospital-operation.ts";
import { noBody, noParams, noQuery, type OperationContract, type OperationDocs } from "../kit/operation.ts";
import { exampleHospital } from "./example-hospital.ts";
import { HospitalView } from "./institution-views.ts";

export const getAgreementContract = {
  ...unchanging,
  id: "get-agreement",
  method: "GET",
  path: "/v1/hospital/agreement",
  params: noParams,
  query: noQuery,
  body: noBody,
  answer: { status: 200, schema: HospitalView },
  audit: "NOTHING",
} as const satisfies OperationContract;

export const getAgreementDocs = (): OperationDocs => ({
  summary: { en: "Read the hospital's own agreement and registration", zh: "查询本院服务协议及登记信息" },
  failures: [],
  example: {
    answer: { code: "H33030400001", ...exampleHospital },
  },
});
