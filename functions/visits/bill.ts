import { findPolicy, type Policy } from "../../shared/domain/catalogue/policy.ts";
import { type Day, dayOf } from "../../shared/domain/dates.ts";
import { type Failure, failure, failureOf } from "../../shared/domain/failures.ts";
import { err, type Result } from "../../shared/domain/result.ts";
import type { Bill } from "../../shared/domain/settlements/adjudicate-bill.ts";
import type { ChargeLine } from "../../shared/domain/visits/charge-line.ts";
import { checkBillSize, lastServiceDay } from "../../shared/domain/visits/check-lines.ts";
import { settledLineCount } from "../../shared/domain/visits/visit.ts";
import type { Reference } from "../../shared/store/catalogue/reference-store.ts";
import { fitsSettlement } from "../../shared/store/visits/bill-size.ts";
import type { VisitRecord } from "../../shared/store/visits/visit-store.ts";

/** The lines of a visit that no settlement has settled yet. */
export const unsettledLines = ({ visit, lines }: VisitRecord): readonly ChargeLine[] =>
  lines.slice(settledLineCount(visit));

/** The last day of a visit's settled lines; undefined where none is settled. */
export const settledUntilOf = ({ visit, lines }: Pick<VisitRecord, "visit" | "lines">): Day | undefined =>
  lastServiceDay(lines.slice(0, settledLineCount(visit)));

/** What cannot be settled at once is not taken in. */
export const billTooLarge: Failure = failure("BILL_TOO_LARGE", [
  { pointer: "/lines", code: "BILL_TOO_LARGE" },
]);

/**
 * Why lines cannot all be unsettled: they could not be settled at once. The caller did not send them, so that there
 * is no place to point at.
 */
export function checkUnsettled(lines: readonly ChargeLine[], maxLines: number): Failure | undefined {
  const [fault] = checkBillSize(lines, maxLines);
  if (fault !== undefined) return failure(failureOf([fault]).code);
  return fitsSettlement(lines) ? undefined : failure("BILL_TOO_LARGE");
}

/** The bill of a visit's unsettled lines under the policy of its admission day, with that policy. */
export function toBill(
  record: VisitRecord,
  reference: Reference,
  changes: Partial<Pick<Bill, "lines" | "injuries">> = {},
): Result<{ readonly bill: Bill; readonly policy: Policy }, Failure> {
  const { visit, details, usedBefore } = record;
  const policy = findPolicy(reference.policies, dayOf(visit.admittedAt));
  if (policy === undefined) return err(failure("NO_POLICY"));
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
