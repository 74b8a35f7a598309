import * as z from "zod/mini";
import { Tier } from "../../domain/catalogue/catalogue.ts";
import { dayOf } from "../../domain/dates.ts";
import { visitTypes } from "../../domain/visit-type.ts";
import {
  blockingCodes,
  guarantees,
  type StandingSettlement,
  standingKinds,
  takenBackKinds,
  type Visit,
  visitStatuses,
} from "../../domain/visits/visit.ts";
import { outcomes } from "../../domain/visits/visit-requests.ts";
import { indexKeys, ledgerKeys } from "../kit/keys.ts";
import {
  StoredAllocation,
  StoredDay,
  StoredDiagnosisCode,
  StoredFen,
  StoredInstant,
  toStoredAllocation,
} from "../kit/stored-fields.ts";

export const StoredStanding = z.object({
  number: z.number(),
  kind: z.enum(standingKinds),
  at: StoredInstant,
  lineCount: z.number(),
  total: StoredFen,
  allocation: StoredAllocation,
  repaid: z.optional(StoredFen),
});

export const toStoredStanding = (standing: StandingSettlement) => ({
  ...standing,
  allocation: toStoredAllocation(standing.allocation),
});

export const StoredVisit = z.object({
  visitId: z.string(),
  version: z.number(),
  marks: z.optional(z.number()),
  status: z.enum(visitStatuses),
  guarantee: z.enum(guarantees),
  visitType: z.enum(visitTypes),
  hospitalCode: z.string(),
  hospitalVisitNo: z.string(),
  tier: Tier,
  workerId: z.string(),
  maskedName: z.string(),
  caseNo: z.optional(z.string()),
  employerUscc: z.string(),
  injuredOn: StoredDay,
  admittedAt: StoredInstant,
  dischargedAt: z.optional(StoredInstant),
  bedReleasedAt: z.optional(StoredInstant),
  settledUntil: z.optional(StoredDay),
  countsUntil: z.optional(StoredDay),
  dischargedBy: z.optional(z.string()),
  isFirstMealElsewhere: z.optional(z.boolean()),
  lineCount: z.number(),
  detailsVersion: z.number(),
  linesVersion: z.number(),
  settlementCount: z.number(),
  standing: z.array(StoredStanding),
  blockedBy: z.optional(z.enum(blockingCodes)),
  advances: z.optional(
    z.array(z.object({ paidBy: z.enum(["EMPLOYER", "WORKER"]), amount: StoredFen, receipt: z.string() })),
  ),
  takenBack: z.optional(z.enum(takenBackKinds)),
  recoverable: z.optional(StoredFen),
  overdueSince: z.optional(StoredDay),
  updatedAt: StoredInstant,
});

export const StoredDetails = z.object({
  version: z.number(),
  department: z.string(),
  ward: z.optional(z.string()),
  bed: z.optional(z.string()),
  doctorCode: z.optional(z.string()),
  diagnoses: z.array(z.object({ code: z.string(), name: z.string(), primary: z.boolean() })),
  employerNotice: z.optional(z.object({ reference: z.string(), at: StoredInstant })),
  outcome: z.optional(z.enum(outcomes)),
  injuries: z.array(z.object({ diagnosisPrefixes: z.array(StoredDiagnosisCode) })),
});

/** Only a claim that waits for its decision is in the index of those. */
function toDeferredKeys({ status, standing, visitId }: Visit) {
  const last = standing.at(-1);
  if (status !== "DEFERRED" || last === undefined) return {};
  return { deferredKey: indexKeys.deferred, deferredOrder: `${last.at}#${visitId}` };
}

/** The header as it is kept, with the keys of the indexes that it is in. */
export function toStoredVisit(visit: Visit) {
  return {
    ...ledgerKeys.visit(visit),
    ...visit,
    standing: visit.standing.map(toStoredStanding),
    employerKey: indexKeys.employer(visit.employerUscc),
    employerStatusKey: indexKeys.employerAndStatus(visit.employerUscc, visit.status),
    hospitalKey: indexKeys.hospital(visit.hospitalCode),
    hospitalWorkerKey: indexKeys.hospitalAndWorker(visit.hospitalCode, visit.workerId),
    ...toDeferredKeys(visit),
    claimOrder: indexKeys.claimOrder(dayOf(visit.admittedAt), visit),
  };
}
