import { type Day, dayOf, type Instant, latestDay } from "../dates.ts";
import type { Expected } from "../expected.ts";
import type { FailureCode, Fault } from "../failures.ts";
import { amountOf, formatYuan, LARGEST_AMOUNT } from "../money.ts";
import type { ChargeLine } from "./charge-line.ts";
import { settledLineCount, type Visit } from "./visit.ts";

/** How many lines of a visit are settled at once, at most: those that are settled already do not count. */
export const MAX_LINES_OF_BILL = 10_000;
/** A settled line names its refunds, and is one row of one item. */
const MAX_REFUNDS_OF_LINE = 1_000;

/** What the lines of a visit are checked against. */
export interface LineLimits {
  readonly injuredOn: Day;
  readonly admittedOn: Day;
  /** How many of the earlier lines, from the first, are settled. */
  readonly settledCount: number;
  /** Absent while the worker has not been discharged. */
  readonly dischargedOn?: Day;
  /** The last day that is the stay's, where another stay has the days after it. */
  readonly countsUntil?: Day | undefined;
  /** The last day that can have been billed. */
  readonly latestOn: Day;
  /** How many lines may be unsettled, unless as many as a bill has at most. */
  readonly maxUnsettled?: number | undefined;
}

/** What the lines of a visit are checked against: those of a stay that is over lie within it. */
export const limitsOf = (visit: Visit, now: Instant, maxUnsettled?: number): LineLimits => ({
  injuredOn: visit.injuredOn,
  admittedOn: dayOf(visit.admittedAt),
  settledCount: settledLineCount(visit),
  ...(visit.dischargedAt === undefined ? {} : { dischargedOn: dayOf(visit.dischargedAt) }),
  countsUntil: visit.countsUntil,
  latestOn: latestDay(now),
  maxUnsettled,
});

interface Left {
  readonly original: ChargeLine;
  readonly isSettled: boolean;
  quantity: number;
  amount: number;
  refunds: number;
}

type StayLimits = Pick<LineLimits, "injuredOn" | "admittedOn" | "dischargedOn">;

/** The days on which a visit can have charges; the last is open while the worker has not been discharged. */
export const daysOf = ({ injuredOn, admittedOn, dischargedOn }: StayLimits) => ({
  from: injuredOn > admittedOn ? injuredOn : admittedOn,
  to: dischargedOn,
});

export function isOutsideVisit(line: ChargeLine, limits: StayLimits): boolean {
  const on = dayOf(line.serviceAt);
  const { from, to } = daysOf(limits);
  return on < from || (to !== undefined && on > to);
}

/** Whether a line is of a day that the stay has lost to another one, or to the freeing of its bed. */
export const isAfterOwnDays = (
  { serviceAt }: ChargeLine,
  { countsUntil }: Pick<LineLimits, "countsUntil">,
): boolean => countsUntil !== undefined && dayOf(serviceAt) > countsUntil;

/** The last day of service of lines; undefined where there are none. */
export const lastServiceDay = (lines: readonly ChargeLine[]): Day | undefined =>
  lines
    .map(({ serviceAt }) => dayOf(serviceAt))
    .toSorted()
    .at(-1);

function checkRefund(
  line: ChargeLine,
  left: Left | undefined,
): { code: FailureCode; field: string } | undefined {
  if (line.refundOf === undefined) return { code: "REFUND_WITHOUT_ORIGINAL", field: "refundOf" };
  if (left === undefined) return { code: "REFUND_ORIGINAL_UNKNOWN", field: "refundOf" };
  if (left.isSettled) return { code: "REFUND_ORIGINAL_SETTLED", field: "refundOf" };
  if (left.refunds >= MAX_REFUNDS_OF_LINE) return { code: "TOO_MANY_REFUNDS", field: "refundOf" };
  if (line.itemCode !== left.original.itemCode) return { code: "REFUND_ITEM_DIFFERS", field: "itemCode" };
  if (line.unitPrice !== left.original.unitPrice) return { code: "REFUND_PRICE_DIFFERS", field: "unitPrice" };
  if (-line.quantity > left.quantity) return { code: "REFUND_EXCEEDS_ORIGINAL", field: "quantity" };
  const quantityLeft = left.quantity + line.quantity;
  const amountLeft = left.amount + line.amount;
  const isWithinOneFen = Math.abs(line.amount - amountOf(line.unitPrice, line.quantity)) <= 1;
  if (quantityLeft === 0 ? amountLeft !== 0 : !isWithinOneFen) {
    return { code: "LINE_AMOUNT_MISMATCH", field: "amount" };
  }
  if (amountLeft < 0 || line.amount > 0) return { code: "REFUND_EXCEEDS_ORIGINAL", field: "amount" };
  left.quantity = quantityLeft;
  left.amount = amountLeft;
  left.refunds += 1;
  return undefined;
}

/** What no bill takes, however its lines came to it: `lines` are those that are not settled. */
export function checkBillSize(
  lines: readonly ChargeLine[],
  maxUnsettled: number = MAX_LINES_OF_BILL,
): Fault[] {
  const faults: Fault[] = [];
  const gross = lines.reduce((sum, { amount }) => sum + Math.max(0, amount), 0);
  if (lines.length > maxUnsettled) faults.push({ pointer: "/lines", code: "TOO_MANY_LINES" });
  if (gross > LARGEST_AMOUNT) faults.push({ pointer: "/lines", code: "VISIT_TOO_LARGE" });
  return faults;
}

/**
 * Checks the lines of one message against the visit and the lines that it already has (design.md section 4).
 * Returns one fault for each thing that is wrong, with a pointer into `/lines`; an empty list when all are
 * good. A refund may name an original of the same message, before or after it.
 */
export function checkLines(
  lines: readonly ChargeLine[],
  earlier: readonly ChargeLine[],
  limits: LineLimits,
): Fault[] {
  const faults = checkBillSize([...earlier.slice(limits.settledCount), ...lines], limits.maxUnsettled);
  const taken = new Set(earlier.map((line) => line.lineNo));
  const originals = new Map<string, Left>();
  const isRefund = (line: ChargeLine): boolean => line.quantity < 0 || line.refundOf !== undefined;
  const keep = (original: ChargeLine, isSettled: boolean): void => {
    if (isRefund(original) || originals.has(original.lineNo)) return;
    const { quantity, amount } = original;
    originals.set(original.lineNo, { original, isSettled, quantity, amount, refunds: 0 });
  };
  earlier.forEach((line, index) => {
    keep(line, index < limits.settledCount);
  });
  for (const line of lines) keep(line, false);
  for (const line of earlier) {
    const left = line.refundOf === undefined ? undefined : originals.get(line.refundOf);
    if (left === undefined) continue;
    left.quantity += line.quantity;
    left.amount += line.amount;
    left.refunds += 1;
  }

  lines.forEach((line, index) => {
    const report = (field: string, code: FailureCode, expected?: Expected): void => {
      const pointer = `/lines/${index}/${field}`;
      faults.push(expected === undefined ? { pointer, code } : { pointer, code, expected });
    };
    if (taken.has(line.lineNo)) report("lineNo", "LINE_NUMBER_TAKEN");
    taken.add(line.lineNo);
    const [on, place] = [dayOf(line.serviceAt), index + 1];
    if (isOutsideVisit(line, limits)) {
      report("serviceAt", "SERVICE_DATE_OUTSIDE_VISIT", { kind: "DAYS", on, place, ...daysOf(limits) });
    } else if (isAfterOwnDays(line, limits)) {
      report("serviceAt", "DAY_NOT_OF_STAY", { kind: "DAYS", on, place, to: limits.countsUntil });
    }
    if (on > limits.latestOn)
      report("serviceAt", "DAY_IN_FUTURE", { kind: "DAYS", on, place, to: limits.latestOn });
    if (line.quantity < 0) {
      const left = line.refundOf === undefined ? undefined : originals.get(line.refundOf);
      const fault = checkRefund(line, left);
      if (fault !== undefined) report(fault.field, fault.code);
    } else if (line.refundOf !== undefined) {
      report("quantity", "REFUND_QUANTITY_NOT_NEGATIVE");
    } else if (line.amount !== amountOf(line.unitPrice, line.quantity)) {
      const amount = formatYuan(amountOf(line.unitPrice, line.quantity));
      report("amount", "LINE_AMOUNT_MISMATCH", { kind: "AMOUNT", amount });
    }
  });
  return faults;
}

/**
 * What revocation leaves of a visit's lines, of which the first `settledCount` are settled, or a fault for each
 * line number that cannot go.
 */
export function revokeLines(
  lines: readonly ChargeLine[],
  lineNos: readonly string[],
  settledCount: number,
): { readonly left: ChargeLine[]; readonly faults: Fault[] } {
  const known = new Set(lines.map((line) => line.lineNo));
  const settled = new Set(lines.slice(0, settledCount).map((line) => line.lineNo));
  const revoked = new Set(lineNos);
  const keptRefundOf = new Set(
    lines.flatMap((line) =>
      line.refundOf !== undefined && !revoked.has(line.lineNo) ? [line.refundOf] : [],
    ),
  );
  const faults = lineNos.flatMap((lineNo, index): Fault[] => {
    if (!known.has(lineNo)) return [{ pointer: `/lineNos/${index}`, code: "LINE_UNKNOWN" }];
    if (settled.has(lineNo)) return [{ pointer: `/lineNos/${index}`, code: "LINE_SETTLED" }];
    if (keptRefundOf.has(lineNo)) return [{ pointer: `/lineNos/${index}`, code: "LINE_REFUNDED" }];
    return [];
  });
  return { left: lines.filter((line) => !revoked.has(line.lineNo)), faults };
}
