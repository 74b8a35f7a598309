import { type Allocation, negateAllocation } from "../bearers.ts";
import { type Day, dayOf, type Instant, monthOf } from "../dates.ts";
import { settlementIdOf } from "../ids.ts";
import { type Fen, fen, negate } from "../money.ts";
import type { VisitType } from "../visit-type.ts";
import type { BlockingCode } from "../visits/visit.ts";
import type { Reason } from "./reasons.ts";
import { type Repayment, repaidBy } from "./repayment.ts";

/**
 * FINAL and INTERIM settle; DEFERRED waits for the decision of the case (挂账); RELEASE leaves the fund after a
 * negative one (转出); REVERSAL takes one of these back.
 */
export const settlementKinds = ["FINAL", "INTERIM", "DEFERRED", "RELEASE", "REVERSAL"] as const;
export type SettlementKind = (typeof settlementKinds)[number];

/** 结算: the immutable record that allocates a visit's lines to bearers. */
export interface Settlement {
  /** `<visitId>-<number>`; numbers count up from 1 within the visit. */
  readonly settlementId: string;
  readonly visitId: string;
  readonly kind: SettlementKind;
  readonly settledAt: Instant;
  readonly hospitalCode: string;
  readonly employerUscc: string;
  readonly visitType: VisitType;
  /** Absent while the visit waits for its case. */
  readonly caseNo?: string | undefined;
  /** The policy and the state of the catalogue that it was calculated with. */
  readonly policyEffectiveFrom: Day;
  readonly catalogueVersion: number;
  readonly total: Fen;
  readonly allocation: Allocation;
  readonly reasons: readonly Reason[];
  /** Charge lines, refunds among them. */
  readonly lineCount: number;
  /** 住院伙食补助: owed to the worker for a stay, never part of the hospital's bill; negative on a reversal. */
  readonly mealAllowance?: { readonly days: number; readonly amount: Fen } | undefined;
  /** What goes back of the visit's advances to whoever paid them; negative on a reversal. */
  readonly repayments?: readonly Repayment[] | undefined;
  /** Of a deferral: what was in the way, although the case was recognised. */
  readonly blockedBy?: BlockingCode | undefined;
  /** The settlement that a reversal takes back; on a settlement restored, the reversal that it takes back. */
  readonly reverses?: string | undefined;
  readonly reversesKind?: SettlementKind | undefined;
  /** When that one was recorded: a reversal in a later month counts in the later month. */
  readonly reversesSettledAt?: Instant | undefined;
  /** Why it was reversed, in the hospital's words. */
  readonly reversalReason?: string | undefined;
}

/** What else a counter-entry is made of: its own number and time, and why. */
export interface Reversal {
  readonly number: number;
  readonly at: Instant;
  readonly reason?: string | undefined;
}

/** The counter-entry of a settlement (结算撤销): the same in all but the sign, recorded at its own time. */
export const toReversal = (original: Settlement, { number, at, reason }: Reversal): Settlement => ({
  ...original,
  settlementId: settlementIdOf(original.visitId, number),
  kind: "REVERSAL",
  settledAt: at,
  total: negate(original.total),
  allocation: negateAllocation(original.allocation),
  reasons: original.reasons.map((each) => ({ ...each, amount: negate(each.amount) })),
  mealAllowance:
    original.mealAllowance === undefined
      ? undefined
      : { ...original.mealAllowance, amount: negate(original.mealAllowance.amount) },
  repayments: original.repayments?.map((each) => ({ ...each, amount: negate(each.amount) })),
  blockedBy: undefined,
  reverses: original.settlementId,
  reversesKind: original.kind,
  reversesSettledAt: original.settledAt,
  reversalReason: reason,
});

/** The settlement again that a reversal took back: the same amounts, recorded at its own time. */
export const toRestored = (
  original: Settlement,
  reversal: Settlement,
  { number, at }: Reversal,
): Settlement => ({
  ...original,
  settlementId: settlementIdOf(original.visitId, number),
  settledAt: at,
  reverses: reversal.settlementId,
  reversesKind: reversal.kind,
  reversesSettledAt: reversal.settledAt,
});

/** Whether a reversal falls into a later month than what it takes back, which was declared by then. */
export const isOfEarlierMonth = ({
  kind,
  settledAt,
  reversesSettledAt,
}: Pick<Settlement, "kind"> & Partial<Settlement>): boolean =>
  kind === "REVERSAL" &&
  settledAt !== undefined &&
  reversesSettledAt !== undefined &&
  monthOf(dayOf(reversesSettledAt)) < monthOf(dayOf(settledAt));

/**
 * What of the fund's part the hospital is paid: all but what is paid back to others. Negative where more goes back
 * than this settlement has of the fund, because the hospital was credited with it before.
 */
export const payableToHospital = (settlement: Pick<Settlement, "allocation" | "repayments">): Fen =>
  fen(settlement.allocation.fund - repaidBy(settlement));
