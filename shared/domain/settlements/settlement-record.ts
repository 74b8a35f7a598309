import type { Settlement } from "./settlement.ts";

/** A settlement as it stands on record. */
export interface SettlementRecord {
  readonly settlement: Settlement;
  readonly number: number;
  /** Number of the settlement whose lines these are. */
  readonly linesOf: number;
  /** Where each part of the lines begins, if some have fewer than 1,000. */
  readonly lineStarts?: readonly number[] | undefined;
  /** The reversal that took it back. */
  readonly reversedBy?: string | undefined;
}
