import type { Bill } from "../../shared/domain/adjudication/adjudicate-bill.ts";
import type { ChargeLine } from "../../shared/domain/charges/charge-line.ts";
import { dayOf } from "../../shared/domain/dates.ts";
import { type Failure, failure } from "../../shared/domain/failures.ts";
import { findPolicy, type Policy } from "../../shared/domain/registry/policy.ts";
import { type Result, refuse } from "../../shared/domain/result.ts";
import { settledLineCount } from "../../shared/domain/visit/visit.ts";
import type { Reference } from "../../shared/store/reference-store.ts";
import type { VisitRecord } from "../../shared/store/visit-store.ts";

/** The lines of a visit that no settlement has settled yet. */
export const unsettledLines = ({ visit, lines }: VisitRecord): readonly ChargeLine[] =>
  lines.slice(settledLineCount(visit));

/** The bill of a visit's unsettled lines under the policy of its admission day, with that policy. */
export function toBill(
  record: VisitRecord,
  reference: Reference,
  changes: Partial<Pick<Bill, "lines" | "injuries">> = {},
): Result<{ readonly bill: Bill; readonly policy: Policy }, Failure> {
  const { visit, details, usedBefore } = record;
  const policy = findPolicy(reference.policies, dayOf(visit.admittedAt));
  if (policy === undefined) return refuse(failure("NO_POLICY"));
  return {
    ok: true,
    value: {
      policy,
      bill: {
        visitType: visit.visitType,
        tier: visit.tier,
        employerNotice: details.employerNotice !== undefined,
        injuries: details.injuries,
        policy,
        findItem: reference.findItem,
        lines: unsettledLines(record),
        usedBefore,
        ...changes,
      },
    },
  };
}
