import type { Day, Instant } from "../dates.ts";
import type { DayTotals } from "./day-totals.ts";
import type { DetailColumn } from "./detail-columns.ts";
import type { CauseCounts, Unlisted } from "./difference.ts";
import type { RoundStatus } from "./reconciliation.ts";

/**
 * One fault of an uploaded file: its row (the header is row 1), its column by number and, where the contract knows it,
 * by name, and what. Nothing of what is written in the file.
 */
export interface FileFault {
  readonly row: number;
  readonly field: DetailColumn | "allocation" | "";
  /** From 1; absent where the fault is of no column that the file has. */
  readonly column?: number | undefined;
  readonly code: string;
}

/** One round of reconciling a hospital's day (Asia/Shanghai). */
export interface Round {
  readonly hospitalCode: string;
  readonly day: Day;
  readonly round: number;
  readonly status: RoundStatus;
  /** What the hospital counts: as it posted it, or the sum of the rows that it agreed by. */
  readonly hospital: DayTotals;
  /** What the fund counted at that moment. */
  readonly fund: DayTotals;
  readonly postedAt: Instant;
  readonly at: Instant;
  /** The comparison row by row, once there was one. */
  readonly comparison?:
    | {
        readonly id: string;
        readonly causes: CauseCounts;
        readonly unlisted?: readonly Unlisted[] | undefined;
      }
    | undefined;
  /** The upload that is or was compared. */
  readonly uploadId?: string | undefined;
  /** Why the upload could not be compared. */
  readonly faults?: readonly FileFault[] | undefined;
}

/** A hospital's day: its latest round, which moves on, and the rows that were posted for it so far. */
export interface DayState extends Round {
  readonly version: number;
  readonly rowParts: number;
  readonly rowCount: number;
}
