import * as z from "zod/mini";
import { Uscc } from "../../shared/domain/check-characters.ts";
import { EmployerStatement } from "../../shared/domain/registry/employer.ts";
import { HospitalCode, HospitalStatement } from "../../shared/domain/registry/hospital.ts";
import { reading, statement } from "../kit/agency-operation.ts";
import type { OperationDefinition } from "../kit/operation.ts";
import { EmployerView, HospitalView } from "./institution-views.ts";

const hospital = {
  path: "/v1/agency/hospitals/{code}",
  params: z.strictObject({ code: HospitalCode }),
  answer: { status: 200, schema: HospitalView },
} as const;
const employer = {
  path: "/v1/agency/employers/{uscc}",
  params: z.strictObject({ uscc: Uscc }),
  answer: { status: 200, schema: EmployerView },
} as const;

/** Hospitals and employers as the agency has stated them. */
export const institutionOperations = {
  putHospital: {
    ...statement,
    ...hospital,
    id: "put-hospital",
    summary: { en: "State a designated hospital", zh: "登记协议机构" },
    body: HospitalStatement,
    failures: [],
  },
  getHospital: {
    ...reading,
    ...hospital,
    id: "get-hospital",
    summary: { en: "Read a designated hospital as it was stated", zh: "查询协议机构" },
    failures: ["HOSPITAL_NOT_FOUND"],
  },
  putEmployer: {
    ...statement,
    ...employer,
    id: "put-employer",
    summary: { en: "State an employer and its insured periods", zh: "登记用人单位" },
    body: EmployerStatement,
    failures: [],
  },
  getEmployer: {
    ...reading,
    ...employer,
    id: "get-employer",
    summary: { en: "Read an employer as it was stated", zh: "查询用人单位" },
    failures: ["EMPLOYER_NOT_FOUND"],
  },
} as const satisfies Record<string, OperationDefinition>;
