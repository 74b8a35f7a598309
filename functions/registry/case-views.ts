import * as z from "zod/mini";
import { visitStatuses } from "../../shared/domain/visits/visit.ts";
import { DayText, InstantText } from "../kit/views.ts";

export const CaseView = z.object({
  caseNo: z.string(),
  workerId: z.string(),
  employerUscc: z.string(),
  injuredOn: DayText,
  status: z.string(),
  thirdPartyLiability: z.boolean(),
  injuries: z.array(
    z.object({ bodyPart: z.string(), description: z.string(), diagnosisPrefixes: z.array(z.string()) }),
  ),
  authorisations: z.array(
    z.object({
      benefit: z.string(),
      from: DayText,
      to: z.nullable(DayText),
      hospitalCodes: z.optional(z.array(z.string())),
    }),
  ),
  appliedOn: z.optional(DayText),
  acceptedOn: z.optional(DayText),
  factsAreClear: z.optional(z.boolean()),
  version: z.number(),
  statedAt: InstantText,
});

/** A case with a page of its visits, whatever their hospitals. */
export const CaseWithVisitsView = z.extend(CaseView, {
  visits: z.array(z.object({ visitId: z.string(), hospitalCode: z.string(), status: z.enum(visitStatuses) })),
  nextCursor: z.nullable(z.string()),
});

/** Whose employee the worker of a case was, which visits are that employer's, and which were settled for another one. */
export const EmployerCorrectionView = z.object({
  caseNo: z.string(),
  employerUscc: z.string(),
  visitIds: z.array(z.string()),
  settledVisitIds: z.array(z.string()),
});

export const LinkedVisitView = z.object({
  visitId: z.string(),
  caseNo: z.string(),
  hospitalCode: z.string(),
  status: z.enum(visitStatuses),
});
