import * as z from "zod/mini";
import { Uscc } from "../../shared/domain/check-characters.ts";
import { HospitalCode } from "../../shared/domain/registry/hospital.ts";
import { EmployerView, HospitalView } from "./institution-views.ts";

export const hospital = {
  path: "/v1/agency/hospitals/{code}",
  params: z.strictObject({ code: HospitalCode }),
  answer: { status: 200, schema: HospitalView },
} as const;

export const employer = {
  path: "/v1/agency/employers/{uscc}",
  params: z.strictObject({ uscc: Uscc }),
  answer: { status: 200, schema: EmployerView },
} as const;
