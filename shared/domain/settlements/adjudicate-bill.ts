import { type Allocation, addAllocations, type Bearer, ZERO_ALLOCATION } from "../bearers.ts";
import { type CatalogueItem, type CataloguePeriod, findPeriod, type Tier } from "../catalogue/catalogue.ts";
import type { PolicyTerms } from "../catalogue/policy.ts";
import { dayOf } from "../dates.ts";
import { type Fen, fen, ZERO_FEN } from "../money.ts";
import { isWithinInjuries, type RecognisedInjury } from "../registry/injury-case.ts";
import type { VisitType } from "../visit-type.ts";
import type { ChargeLine } from "../visits/charge-line.ts";
import { allocateCovered, allocateWhole, type LineAllocation } from "./allocate-line.ts";
import { type NetLine, toNetLines } from "./net-lines.ts";
import { type CoveredLine, sumUsed, type UsedQuantity, useUpLimits } from "./quantity-limits.ts";
import { type Reason, type ReasonCode, sumReasons } from "./reasons.ts";

/** All that decides who bears what; nothing else does. */
export interface Bill {
  readonly visitType: VisitType;
  readonly tier: Tier;
  /** Whether the employer told the hospital in writing that this is a work injury. */
  readonly employerNotice: boolean;
  readonly injuries: readonly Pick<RecognisedInjury, "diagnosisPrefixes">[];
  readonly policy: PolicyTerms;
  /** The catalogue's word on an item code; undefined for an unknown one. */
  readonly findItem: (itemCode: string) => CatalogueItem | undefined;
  /** Lines to allocate: those of a visit that are not settled yet. */
  readonly lines: readonly ChargeLine[];
  /** What settled lines of the same visit used up of its items' limits. */
  readonly usedBefore: readonly UsedQuantity[];
}

export interface Adjudication {
  /** One for each original line, in the order of posting. */
  readonly lines: readonly LineAllocation[];
  readonly total: Fen;
  readonly allocation: Allocation;
  readonly reasons: readonly Reason[];
  /** What the lines used up of their items' limits. */
  readonly used: readonly UsedQuantity[];
}

/** Who bears a line that the fund does not cover: notice first, then consent (Ningbo's rule, domain.md 4). */
function bearerOutsideCatalogue(bill: Bill, line: ChargeLine): Bearer {
  if (!bill.employerNotice) return bill.policy.noEmployerNoticeBearer;
  if (line.consent === undefined) return bill.policy.noConsentBearer;
  return line.consent.signedBy === "EMPLOYER" ? "EMPLOYER" : "PERSONAL";
}

function isUnrelated(bill: Bill, line: ChargeLine): boolean {
  if (!line.injuryRelated) return true;
  return line.diagnosisCode !== undefined && !isWithinInjuries(bill.injuries, line.diagnosisCode);
}

/** The catalogue period under which a line is covered, or why it is not. */
function findCoverage(bill: Bill, line: ChargeLine): CataloguePeriod | ReasonCode {
  const item = bill.findItem(line.itemCode);
  if (item === undefined) return "ITEM_UNKNOWN";
  const period = findPeriod(item, dayOf(line.serviceAt), bill.visitType);
  if (period === undefined) return "NOT_IN_CATALOGUE";
  if (period.restricted && !line.restrictionMet) return "RESTRICTION_NOT_MET";
  return period;
}

/** What becomes of a line by itself; a covered one has still to be measured by its item's limits. */
function decideLine(bill: Bill, line: NetLine): LineAllocation | CoveredLine {
  const { original } = line;
  if (line.quantity === 0) return { line, allocation: ZERO_ALLOCATION, reasons: [] };
  if (isUnrelated(bill, original)) {
    return allocateWhole(line, bill.policy.unrelatedBearer, "UNRELATED_TO_INJURY");
  }
  const coverage = findCoverage(bill, original);
  if (typeof coverage === "string") {
    return allocateWhole(line, bearerOutsideCatalogue(bill, original), coverage);
  }
  return { line, period: coverage, allowed: line.quantity };
}

const isCovered = (decision: LineAllocation | CoveredLine): decision is CoveredLine => "period" in decision;

/**
 * Allocates every line of a bill to its bearers (design.md section 4). Pure: the same bill gives the same
 * allocation, and the six bearers of each line and of the whole add up to gross exactly.
 */
export function adjudicateBill(bill: Bill): Adjudication {
  const decisions = toNetLines(bill.lines).map((line) => decideLine(bill, line));
  const covered = decisions.filter(isCovered);
  const usedBefore = Map.groupBy(bill.usedBefore, ({ itemCode }) => itemCode);
  for (const [itemCode, lines] of Map.groupBy(covered, ({ line }) => line.original.itemCode)) {
    useUpLimits(lines, usedBefore.get(itemCode) ?? []);
  }
  return {
    ...sumUp(decisions.map((decision) => (isCovered(decision) ? allocateCovered(decision, bill) : decision))),
    used: sumUsed(covered),
  };
}

/** A bill that left the fund: every line goes to the policy's fallback bearer (design.md section 4, provisional). */
export function releaseBill({ lines, policy }: Pick<Bill, "lines" | "policy">): Adjudication {
  const whole = toNetLines(lines).map((line) =>
    allocateWhole(line, policy.releasedBearer, "CASE_NOT_RECOGNISED"),
  );
  return { ...sumUp(whole), used: [] };
}

function sumUp(lines: readonly LineAllocation[]): Omit<Adjudication, "used"> {
  return {
    lines,
    total: lines.reduce((sum, { line }) => fen(sum + line.gross), ZERO_FEN),
    allocation: lines.reduce((sum, { allocation }) => addAllocations(sum, allocation), ZERO_ALLOCATION),
    reasons: sumReasons(lines.flatMap(({ reasons }) => reasons)),
  };
}
