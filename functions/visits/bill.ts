import { type Failure, failure, failureOf } from "../../shared/domain/failures.ts";
import type { ChargeLine } from "../../shared/domain/visits/charge-line.ts";
import { checkBillSize } from "../../shared/domain/visits/check-lines.ts";
import { fitsSettlement } from "../../shared/store/visits/bill-size.ts";

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
