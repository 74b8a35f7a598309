import type { Reason } from "../adjudication/reasons.ts";
import type { Allocation } from "../bearers.ts";
import type { Day, Instant } from "../dates.ts";
import type { Fen } from "../money.ts";
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
  /** The settlement that a reversal takes back. */
  readonly reverses?: string | undefined;
}

export const settlementIdOf = (visitId: string, number: number): string => `${visitId}-${number}`;
