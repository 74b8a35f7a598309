import type { Reason } from "../adjudication/reasons.ts";
import { type Allocation, negateAllocation } from "../bearers.ts";
import { type Day, dayOf, type Instant, monthOf } from "../dates.ts";
import { type Fen, negate } from "../money.ts";
import type { VisitType } from "../visit/visit-type.ts";

export const settlementKinds = ["FINAL", "INTERIM", "DEFERRED", "REVERSAL"] as const;
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
  readonly caseNo: string;
  /** The policy and the state of the catalogue that it was calculated with. */
  readonly policyEffectiveFrom: Day;
  readonly catalogueVersion: number;
  readonly total: Fen;
  readonly allocation: Allocation;
  readonly reasons: readonly Reason[];
  /** Charge lines, refunds among them. */
  readonly lineCount: number;
  /** The settlement that a reversal takes back; on a settlement restored, the reversal that it takes back. */
  readonly reverses?: string | undefined;
  /** When that one was recorded: a reversal in a later month counts in the later month. */
  readonly reversesSettledAt?: Instant | undefined;
  /** Why it was reversed, in the hospital's words. */
  readonly reversalReason?: string | undefined;
}

/** What else a negative twin is made of: its own number and time, and why. */
export interface Reversal {
  readonly number: number;
  readonly at: Instant;
  readonly reason?: string | undefined;
}

/** The negative twin of a settlement (结算撤销): the same in all but the sign, recorded at its own time. */
export const toReversal = (original: Settlement, { number, at, reason }: Reversal): Settlement => ({
  ...original,
  settlementId: settlementIdOf(original.visitId, number),
  kind: "REVERSAL",
  settledAt: at,
  total: negate(original.total),
  allocation: negateAllocation(original.allocation),
  reasons: original.reasons.map((each) => ({ ...each, amount: negate(each.amount) })),
  reverses: original.settlementId,
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

export const settlementIdOf = (visitId: string, number: number): string => `${visitId}-${number}`;
