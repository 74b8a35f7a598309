import type { Bearer } from "../../../shared/domain/bearers.ts";
import { type CataloguePeriod, capFor, findPeriod } from "../../../shared/domain/catalogue/catalogue.ts";
import { dayOf } from "../../../shared/domain/dates.ts";
import { WHOLE } from "../../../shared/domain/money.ts";
import { isWithinInjuries } from "../../../shared/domain/registry/injury-case.ts";
import type { Bill } from "../../../shared/domain/settlements/adjudicate-bill.ts";
import { type NetLine, toNetLines } from "../../../shared/domain/settlements/net-lines.ts";

/**
 * What a rule engine is told of one net line. Refunds are netted, the catalogue is looked up and the limits are used up
 * before it is asked: no engine can look back from one line to the others. All are plain values.
 */
export interface LineFacts {
  readonly lineNo: string;
  readonly isVoid: boolean;
  readonly injuryRelated: boolean;
  readonly diagnosisOutside: boolean;
  readonly itemKnown: boolean;
  readonly periodFound: boolean;
  readonly restricted: boolean;
  readonly restrictionMet: boolean;
  readonly employerNotice: boolean;
  readonly signedBy: "NOBODY" | "EMPLOYER" | "WORKER" | "RELATIVE";
  readonly unrelatedBearer: Bearer;
  readonly noEmployerNoticeBearer: Bearer;
  readonly noConsentBearer: Bearer;
  readonly overCapBearer: Bearer;
  readonly overQuantityBearer: Bearer;
  readonly ratioRemainderBearer: Bearer;
  readonly gross: number;
  readonly quantity: number;
  readonly unitPrice: number;
  readonly cap: number;
  readonly allowed: number;
  readonly fundRatio: number;
}

/** Why a part of a line is not the fund's; the fund's own part is what is left. */
export interface Part {
  readonly code: string;
  readonly bearer: string;
  readonly amount: number;
}

/** An allocation that two engines can be compared by: parts by code, and the fund's. */
export interface LineOutcome {
  readonly lineNo: string;
  readonly fund: number;
  readonly parts: readonly Part[];
}

export const toOutcome = (facts: LineFacts, parts: readonly Part[]): LineOutcome => ({
  lineNo: facts.lineNo,
  fund: facts.gross - parts.reduce((sum, { amount }) => sum + amount, 0),
  parts: parts.filter(({ amount }) => amount !== 0).toSorted((a, b) => (a.code < b.code ? -1 : 1)),
});

/** Higher than any price: an item without a cap. */
const NO_CAP = Number.MAX_SAFE_INTEGER;

function periodOf(bill: Bill, line: Bill["lines"][number]): CataloguePeriod | undefined {
  const item = bill.findItem(line.itemCode);
  return item === undefined ? undefined : findPeriod(item, dayOf(line.serviceAt), bill.visitType);
}

interface Covered {
  readonly line: NetLine;
  readonly period: CataloguePeriod;
}

/** What the limits leave for each covered line, used up in the order of service. */
function useUp(covered: readonly Covered[]): Map<NetLine, number> {
  const allowed = new Map<NetLine, number>();
  const used = new Map<string, number>();
  const orderOf = ({ line: { original } }: Covered): string => `${original.serviceAt} ${original.lineNo}`;
  for (const { line, period } of covered.toSorted((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1))) {
    const { itemCode, serviceAt } = line.original;
    const onDay = `${itemCode} ${dayOf(serviceAt)}`;
    const [usedOnDay, usedInVisit] = [used.get(onDay) ?? 0, used.get(itemCode) ?? 0];
    const leftOnDay = (period.maxPerDay ?? Number.POSITIVE_INFINITY) - usedOnDay;
    const leftInVisit = (period.maxPerVisit ?? Number.POSITIVE_INFINITY) - usedInVisit;
    const quantity = Math.max(0, Math.min(line.quantity, leftOnDay, leftInVisit));
    allowed.set(line, quantity);
    used.set(onDay, usedOnDay + quantity);
    used.set(itemCode, usedInVisit + quantity);
  }
  return allowed;
}

/** The facts of every net line of a bill. */
export function toLineFacts(bill: Bill): LineFacts[] {
  const netLines = toNetLines(bill.lines);
  const isOutside = (code: string | undefined): boolean =>
    code !== undefined && !isWithinInjuries(bill.injuries, code);
  const allowed = useUp(
    netLines.flatMap((line) => {
      const { injuryRelated, diagnosisCode, restrictionMet } = line.original;
      const period = periodOf(bill, line.original);
      const isRelated = injuryRelated !== false && !isOutside(diagnosisCode);
      const isPayable = period !== undefined && (!period.restricted || restrictionMet === true);
      return line.quantity !== 0 && isRelated && isPayable ? [{ line, period }] : [];
    }),
  );
  return netLines.map((line) => {
    const { original, quantity, gross } = line;
    const period = periodOf(bill, original);
    return {
      lineNo: original.lineNo,
      isVoid: quantity === 0,
      injuryRelated: original.injuryRelated !== false,
      diagnosisOutside: isOutside(original.diagnosisCode),
      itemKnown: bill.findItem(original.itemCode) !== undefined,
      periodFound: period !== undefined,
      restricted: period?.restricted === true,
      restrictionMet: original.restrictionMet === true,
      employerNotice: bill.employerNotice,
      signedBy: original.consent?.signedBy ?? "NOBODY",
      unrelatedBearer: bill.policy.unrelatedBearer,
      noEmployerNoticeBearer: bill.policy.noEmployerNoticeBearer,
      noConsentBearer: bill.policy.noConsentBearer,
      overCapBearer: period?.overCapBearer ?? bill.policy.overCapBearer,
      overQuantityBearer: bill.policy.overQuantityBearer,
      ratioRemainderBearer: period?.ratioRemainderBearer ?? "EMPLOYER",
      gross,
      quantity,
      unitPrice: original.unitPrice,
      cap: (period === undefined ? undefined : capFor(period, bill.tier)) ?? NO_CAP,
      allowed: allowed.get(line) ?? quantity,
      fundRatio: period?.fundRatio ?? WHOLE,
    };
  });
}
