/**
 * Design section 4 once more, written from its text alone and as slowly as it likes: BigInt fractions, the wire's own
 * strings, no thought of speed. Where it and adjudicateBill differ, one of the two has not read the design.
 */
import { type Exact, exact, isLess, least, minus, NONE, plus, roundToFen, times, yuanText } from "./exact.ts";
import type { ExampleBill, WireBill, WireLine, WirePeriod } from "./example-bills.ts";

interface Part {
  readonly code: string;
  readonly bearer: string;
  readonly fen: bigint;
}

/** What the fund bears of a net line, and every part that it does not bear. */
interface Shares {
  readonly gross: bigint;
  readonly fund: bigint;
  readonly parts: readonly Part[];
}

const leastFen = (a: bigint, b: bigint): bigint => (a < b ? a : b);
const fenOf = (yuan: string): bigint => roundToFen(exact(yuan));
const yuanOf = (fen: bigint): Exact => ({ dividend: fen, divisor: 100n });

const shanghaiDay = (instant: string): string =>
  new Date(Date.parse(instant) + 8 * 60 * 60 * 1000).toISOString().slice(0, 10);

interface Net {
  readonly line: WireLine;
  readonly day: string;
  readonly count: Exact;
  readonly gross: bigint;
}

/** Originals with their refunds, in the order in which limits are used up. */
function netOf(lines: readonly WireLine[]): Net[] {
  const nets = lines
    .filter((line) => line.refundOf === undefined)
    .map((line) => {
      const all = [line, ...lines.filter((other) => other.refundOf === line.lineNo)];
      return {
        line,
        day: shanghaiDay(line.serviceAt),
        count: all.map((each) => exact(each.quantity)).reduce(plus),
        gross: all.map((each) => fenOf(each.amount)).reduce((a, b) => a + b),
      };
    });
  const earlierFirst = (a: WireLine, b: WireLine): number =>
    Date.parse(a.serviceAt) - Date.parse(b.serviceAt) || (a.lineNo < b.lineNo ? -1 : 1);
  return nets.sort((a, b) => earlierFirst(a.line, b.line));
}

function isUnrelated(bill: WireBill, { injuryRelated, diagnosisCode }: WireLine): boolean {
  if (injuryRelated === false) return true;
  const { injuries } = bill.case;
  if (diagnosisCode === undefined || injuries.length === 0) return false;
  const prefixes = injuries.flatMap((injury) => injury.diagnosisPrefixes);
  return prefixes.every((prefix) => diagnosisCode.slice(0, prefix.length) !== prefix);
}

function periodOn(bill: WireBill, { line, day }: Net): WirePeriod | undefined {
  const use = bill.visit.visitType.startsWith("REHABILITATION") ? "rehabilitation" : "medical";
  return bill.items
    .find((item) => item.itemCode === line.itemCode)
    ?.periods.find((period) => period[use] && period.from <= day && day <= (period.to ?? "9999-12-31"));
}

function whyUncovered(bill: WireBill, net: Net): string | undefined {
  if (bill.items.every((item) => item.itemCode !== net.line.itemCode)) return "ITEM_UNKNOWN";
  const period = periodOn(bill, net);
  if (period === undefined) return "NOT_IN_CATALOGUE";
  return period.restricted && net.line.restrictionMet !== true ? "RESTRICTION_NOT_MET" : undefined;
}

function uncoveredBearer({ visit, policy }: WireBill, { consent }: WireLine): string {
  if (visit.employerNotice === undefined) return policy.noEmployerNoticeBearer;
  if (consent === undefined) return policy.noConsentBearer;
  return consent.signedBy === "EMPLOYER" ? "EMPLOYER" : "PERSONAL";
}

const wholeTo = (gross: bigint, bearer: string, code: string): Shares => ({
  gross,
  fund: 0n,
  parts: [{ code, bearer, fen: gross }],
});

interface Terms {
  readonly bill: WireBill;
  readonly period: WirePeriod;
  readonly allowed: Exact;
}

function coveredShares({ line, count, gross }: Net, { bill, period, allowed }: Terms): Shares {
  const unitPrice = exact(line.unitPrice);
  const cap = period.caps?.[bill.tier];
  const unit = cap === undefined ? unitPrice : least(unitPrice, exact(cap));
  const beyond = isLess(allowed, count) ? gross - roundToFen(times(unitPrice, allowed)) : 0n;
  const overQuantity = beyond < 0n ? 0n : beyond;
  const within = gross - overQuantity;
  const capped = leastFen(within, roundToFen(times(unit, allowed)));
  const fund = roundToFen(times(yuanOf(capped), exact(period.fundRatio ?? "1")));
  const { policy } = bill;
  const parts = [
    { code: "OVER_PRICE_CAP", bearer: period.overCapBearer ?? policy.overCapBearer, fen: within - capped },
    { code: "OVER_QUANTITY_LIMIT", bearer: policy.overQuantityBearer, fen: overQuantity },
    { code: "PARTLY_COVERED", bearer: period.ratioRemainderBearer ?? "EMPLOYER", fen: capped - fund },
  ];
  return { gross, fund, parts };
}

/** What of an item was allowed already. */
export interface Use {
  readonly itemCode: string;
  readonly day: string;
  readonly count: Exact;
}

function allowedOf({ line, day, count }: Net, period: WirePeriod, uses: readonly Use[]): Exact {
  const ofItem = uses.filter((use) => use.itemCode === line.itemCode);
  const left = (limit: string, of: readonly Use[]): Exact => {
    const rest = minus(exact(limit), of.map((use) => use.count).reduce(plus, NONE));
    return isLess(rest, NONE) ? NONE : rest;
  };
  let allowed = count;
  if (period.maxPerVisit !== undefined) allowed = least(allowed, left(period.maxPerVisit, ofItem));
  if (period.maxPerDay !== undefined) {
    const today = ofItem.filter((use) => use.day === day);
    allowed = least(allowed, left(period.maxPerDay, today));
  }
  return allowed;
}

function share(bill: WireBill, net: Net, uses: Use[]): Shares {
  const { line, day, count, gross } = net;
  if (count.dividend === 0n) return { gross, fund: 0n, parts: [] };
  if (isUnrelated(bill, line)) return wholeTo(gross, bill.policy.unrelatedBearer, "UNRELATED_TO_INJURY");
  const why = whyUncovered(bill, net);
  const period = periodOn(bill, net);
  if (why !== undefined || period === undefined) {
    return wholeTo(gross, uncoveredBearer(bill, line), why ?? "NOT_IN_CATALOGUE");
  }
  const allowed = allowedOf(net, period, uses);
  uses.push({ itemCode: line.itemCode, day, count: allowed });
  return coveredShares(net, { bill, period, allowed });
}

const fieldOfBearer: Readonly<Record<string, string>> = {
  FUND: "fund",
  EMPLOYER: "employer",
  HOSPITAL: "hospital",
  THIRD_PARTY: "thirdParty",
  OTHER_INSURER: "otherInsurer",
  PERSONAL: "personal",
};

function allocationText(shares: readonly Shares[]) {
  const borne = (field: string): string => {
    const others = shares
      .flatMap(({ parts }) => parts)
      .filter(({ bearer }) => fieldOfBearer[bearer] === field)
      .map(({ fen }) => fen);
    const funds = field === "fund" ? shares.map(({ fund }) => fund) : [];
    return yuanText([...funds, ...others].reduce((a, b) => a + b, 0n));
  };
  return {
    fund: borne("fund"),
    employer: borne("employer"),
    hospital: borne("hospital"),
    thirdParty: borne("thirdParty"),
    otherInsurer: borne("otherInsurer"),
    personal: borne("personal"),
  };
}

const reasonTexts = ({ parts }: Shares) =>
  parts
    .filter(({ fen }) => fen !== 0n)
    .map(({ code, bearer, fen }) => ({ code, bearer, amount: yuanText(fen) }));

/**
 * Who bears what of each net line and of the whole bill, in the words of the example bills. `uses` is what earlier
 * settlements of the visit were allowed; what this one is allowed is added to it.
 */
export function referenceAdjudication(bill: WireBill, uses: Use[] = []): ExampleBill["expected"] {
  const shared = netOf(bill.lines).map((net) => ({
    lineNo: net.line.lineNo,
    shares: share(bill, net, uses),
  }));
  return {
    lines: Object.fromEntries(
      shared.map(({ lineNo, shares }) => [
        lineNo,
        { allocation: allocationText([shares]), reasons: reasonTexts(shares) },
      ]),
    ),
    total: yuanText(shared.map(({ shares }) => shares.gross).reduce((a, b) => a + b, 0n)),
    allocation: allocationText(shared.map(({ shares }) => shares)),
  };
}
