import { findPolicy, type Policy } from "../catalogue/policy.ts";
import type { ReferenceData } from "../catalogue/reference-data.ts";
import { type Day, dayOf } from "../dates.ts";
import { type Failure, failure } from "../failures.ts";
import { err, ok, type Result } from "../result.ts";
import type { ChargeLine } from "../visits/charge-line.ts";
import { lastServiceDay } from "../visits/check-lines.ts";
import { settledLineCount, type VisitAndDetails } from "../visits/visit.ts";
import type { Bill } from "./adjudicate-bill.ts";
import type { UsedQuantity } from "./quantity-limits.ts";

/** A visit with everything that pricing it takes. */
export interface BilledVisit extends VisitAndDetails {
  readonly lines: readonly ChargeLine[];
  /** What the visit's standing settlements used up of quantity limits. */
  readonly usedBefore: readonly UsedQuantity[];
}

type VisitAndLines = Pick<BilledVisit, "visit" | "lines">;

/** The lines of a visit that no settlement has settled yet. */
export const unsettledLines = ({ visit, lines }: VisitAndLines): readonly ChargeLine[] =>
  lines.slice(settledLineCount(visit));

/** The last day of a visit's settled lines; undefined where none is settled. */
export const settledUntilOf = ({ visit, lines }: VisitAndLines): Day | undefined =>
  lastServiceDay(lines.slice(0, settledLineCount(visit)));

/** The bill of a visit's unsettled lines under the policy of its admission day, with that policy; `NO_POLICY` where there is none. */
export function toBill(
  record: BilledVisit,
  reference: ReferenceData,
  changes: Partial<Pick<Bill, "lines" | "injuries">> = {},
): Result<{ readonly bill: Bill; readonly policy: Policy }, Failure> {
  const { visit, details, usedBefore } = record;
  const policy = findPolicy(reference.policies, dayOf(visit.admittedAt));
  if (policy === undefined) return err(failure("NO_POLICY"));
  const bill = {
    visitType: visit.visitType,
    tier: visit.tier,
    employerNotice: details.employerNotice !== undefined,
    injuries: details.injuries,
    policy,
    findItem: reference.findItem,
    lines: unsettledLines(record),
    usedBefore,
    ...changes,
  };
  return ok({ policy, bill });
}
