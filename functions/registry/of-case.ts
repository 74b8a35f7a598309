import * as z from "zod/mini";
import { CaseNo } from "../../shared/domain/registry/injury-case.ts";

export const ofCase = {
  path: "/v1/agency/cases/{caseNo}",
  params: z.strictObject({ caseNo: CaseNo }),
} as const;
