import type { Amounts } from "../amounts.ts";
import { type Allocation, bearers, fieldOf } from "../bearers.ts";
import type { Instant } from "../dates.ts";
import { settlementIdOf } from "../ids.ts";
import { type Fen, fen, negate } from "../money.ts";
import { isSettling, type StandingSettlement } from "../visits/visit.ts";
import { accountOf, accountOwnedBy, hospitalAccount, type Posting, sizeOf, swap } from "./posting.ts";
import { repaymentPostings } from "./repayment.ts";
import type { Settlement } from "./settlement.ts";

/**
 * SETTLEMENT and REVERSAL are what hospital and fund reconcile. DEFERRAL shows what is deferred, RELEASE what left the
 * fund, BENEFIT what a worker is owed, REPAYMENT what goes back of an advance out of what the hospital was credited
 * with before, RECOVERY what the fund is owed back; CLEARANCE takes one of these five back.
 */
export const entryKinds = [
  "SETTLEMENT",
  "REVERSAL",
  "DEFERRAL",
  "RELEASE",
  "BENEFIT",
  "REPAYMENT",
  "RECOVERY",
  "CLEARANCE",
] as const;
export type EntryKind = (typeof entryKinds)[number];

/** One balanced entry of the ledger; nothing is ever edited, a reversal is a new entry that points back. */
export interface LedgerEntry {
  readonly entryId: string;
  readonly kind: EntryKind;
  readonly at: Instant;
  readonly hospitalCode: string;
  readonly employerUscc: string;
  readonly caseNo?: string | undefined;
  readonly visitId: string;
  readonly settlementId: string;
  /** The hospital's message that it was recorded for; none where the decision of a case brought it about. */
  readonly messageKey?: string | undefined;
  /** The entry that this one takes back. */
  readonly reverses?: string | undefined;
  /** Negative where the entry takes another one back. */
  readonly total: Fen;
  readonly allocation?: Allocation | undefined;
  readonly postings: readonly Posting[];
}

/** Whose accounts an amount is on, and what of it goes back of advances. */
type Accounted = Pick<Settlement, "visitId" | "hospitalCode" | "employerUscc" | "caseNo" | "repayments">;

/** What the bearers owe the hospital, from each bearer's account to the hospital's. */
function borne(settlement: Accounted, { allocation }: Amounts): Posting[] {
  const { fromFund } = repaymentPostings({ ...settlement, allocation });
  const toOthers = fromFund.reduce((sum, { amount }) => sum + amount, 0);
  const destination = hospitalAccount(settlement);
  const toHospital = bearers.flatMap((bearer): Posting[] => {
    const part = sizeOf(allocation[fieldOf[bearer]]);
    const amount = bearer === "FUND" ? fen(part - toOthers) : part;
    return amount === 0 ? [] : [{ source: accountOf(bearer, settlement), destination, amount }];
  });
  return [...fromFund, ...toHospital];
}

/** What is deferred, on accounts of its own: nobody owes it yet. */
const deferred = ({ visitId, hospitalCode }: Accounted, { total }: Amounts): Posting[] => {
  const amount = sizeOf(total);
  if (amount === 0) return [];
  const source = accountOwnedBy("deferred", visitId);
  return [{ source, destination: accountOwnedBy("deferred-hospital", hospitalCode), amount }];
};

/** Where an amount goes, in the direction in which it goes when it is recorded first. */
export const postingsOf = (
  kind: StandingSettlement["kind"],
  settlement: Accounted,
  amounts: Amounts,
): Posting[] => (kind === "DEFERRED" ? deferred(settlement, amounts) : borne(settlement, amounts));

const entryKindOf = {
  FINAL: "SETTLEMENT",
  INTERIM: "SETTLEMENT",
  DEFERRED: "DEFERRAL",
  RELEASE: "RELEASE",
} as const satisfies Record<StandingSettlement["kind"], EntryKind>;

/** What every entry says of the settlement that brings it about. */
const factsOf = (settlement: Settlement) => {
  const { settledAt: at, hospitalCode, employerUscc, caseNo, visitId, settlementId } = settlement;
  return { at, hospitalCode, employerUscc, caseNo, visitId, settlementId };
};

/** The settlement's own entry; for one that takes another back, that one's entry the other way. */
function ownEntry(settlement: Settlement, messageKey: string | undefined): LedgerEntry {
  const { kind, total, allocation, reverses, reversesKind, settlementId } = settlement;
  const common = { ...factsOf(settlement), entryId: settlementId, messageKey };
  if (kind !== "REVERSAL") {
    const postings = postingsOf(kind, settlement, settlement);
    return { ...common, kind: entryKindOf[kind], reverses, total, allocation, postings };
  }
  const original = reversesKind === undefined || reversesKind === "REVERSAL" ? "FINAL" : reversesKind;
  return {
    ...common,
    kind: isSettling(original) ? "REVERSAL" : "CLEARANCE",
    reverses,
    total,
    allocation,
    postings: postingsOf(original, settlement, settlement).map(swap),
  };
}

/** An entry that another settlement's place in the visit brings with it. */
function sideEntry(
  settlement: Settlement,
  standing: StandingSettlement,
  effect: "CLEARED" | "AGAIN",
): LedgerEntry {
  const { visitId, settlementId } = settlement;
  const id = settlementIdOf(visitId, standing.number);
  const common = factsOf(settlement);
  const { repayments: _, ...facts } = settlement;
  const postings = postingsOf(standing.kind, facts, standing);
  if (effect === "AGAIN") {
    const { total, allocation } = standing;
    const entryId = `${settlementId}-AGAIN`;
    return { ...common, entryId, kind: entryKindOf[standing.kind], total, allocation, postings };
  }
  return {
    ...common,
    entryId: `${settlementId}-CLEARS`,
    kind: "CLEARANCE",
    reverses: id,
    total: negate(standing.total),
    postings: postings.map(swap),
  };
}

/** The id of the entry beside a settlement that its reversal takes back. */
function reversedSide({ settlementId, reverses }: Settlement, side: "MEALS" | "REPAYS"): string {
  if (reverses === undefined) throw new TypeError(`${settlementId} does not say what it reverses`);
  return `${reverses}-${side}`;
}

/** The meal allowance, owed to the worker and apart from the hospital's bill. */
function benefitEntry(settlement: Settlement): LedgerEntry[] {
  const { mealAllowance, settlementId } = settlement;
  if (mealAllowance === undefined || mealAllowance.amount === 0) return [];
  const total = mealAllowance.amount;
  const isReversal = total < 0;
  const posting: Posting = {
    source: "fund-benefits",
    destination: accountOwnedBy("worker-benefits", settlement.caseNo),
    amount: isReversal ? negate(total) : total,
  };
  return [
    {
      ...factsOf(settlement),
      entryId: `${settlementId}-MEALS`,
      kind: isReversal ? "CLEARANCE" : "BENEFIT",
      total,
      ...(isReversal ? { reverses: reversedSide(settlement, "MEALS") } : {}),
      postings: [isReversal ? swap(posting) : posting],
    },
  ];
}

/**
 * What goes back of advances beyond the settlement's own fund part: the fund has paid the hospital for what it had
 * been paid already, so the hospital is owed so much less and the payer so much more.
 */
function repaymentEntry(settlement: Settlement): LedgerEntry[] {
  const { fromHospital } = repaymentPostings(settlement);
  if (fromHospital.length === 0) return [];
  const { settlementId } = settlement;
  const total = fen(fromHospital.reduce((sum, { amount }) => sum + amount, 0));
  const common = { ...factsOf(settlement), entryId: `${settlementId}-REPAYS` };
  if (settlement.kind !== "REVERSAL")
    return [{ ...common, kind: "REPAYMENT", total, postings: fromHospital }];
  const postings = fromHospital.map(swap);
  const reverses = reversedSide(settlement, "REPAYS");
  return [{ ...common, kind: "CLEARANCE", reverses, total: negate(total), postings }];
}

/** What stood on top of a visit's settlements before, and what does after. */
export interface StandingChange {
  readonly before: StandingSettlement | undefined;
  readonly after: StandingSettlement | undefined;
}

const isWaiting = (standing: StandingSettlement | undefined): standing is StandingSettlement =>
  standing?.kind === "DEFERRED" || standing?.kind === "RELEASE";

/**
 * The entries of one settlement: its own; what it clears where it takes the place of one that waited or was
 * released, or what holds again where its reversal uncovers one; what it pays back of advances beyond its own fund
 * part; and the worker's benefit.
 */
export function toLedgerEntries(
  settlement: Settlement,
  { before, after }: StandingChange,
  messageKey?: string,
): LedgerEntry[] {
  const side: LedgerEntry[] = [];
  if (settlement.kind === "REVERSAL") {
    if (isWaiting(after)) side.push(sideEntry(settlement, after, "AGAIN"));
  } else if (isWaiting(before)) {
    side.push(sideEntry(settlement, before, "CLEARED"));
  }
  return [
    ownEntry(settlement, messageKey),
    ...side,
    ...repaymentEntry(settlement),
    ...benefitEntry(settlement),
  ];
}

/** Whether every posting is non-negative and together they move the entry's total, taken positive. */
export const isBalanced = ({ total, postings }: LedgerEntry): boolean =>
  postings.every(({ amount }) => amount >= 0) &&
  fen(postings.reduce((sum, { amount }) => sum + amount, 0)) === sizeOf(total);
