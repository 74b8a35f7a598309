import * as z from "zod/mini";
import { formatYuan } from "../../shared/domain/money.ts";
import {
  type DayTotals,
  reconciledKinds,
  subtractDayTotals,
} from "../../shared/domain/reconciliation/day-totals.ts";
import {
  type CauseCounts,
  causes,
  type Difference,
  NO_CAUSES,
  remedies,
} from "../../shared/domain/reconciliation/difference.ts";
import {
  type ReconciliationStatus,
  reconciliationIdOf,
  reconciliationStatuses,
} from "../../shared/domain/reconciliation/reconciliation.ts";
import type { Round } from "../../shared/domain/reconciliation/round.ts";
import {
  AllocationView,
  Amount,
  CauseCountsView,
  DayText,
  DayTotalsView,
  InstantText,
  SentenceView,
  toAmountsView,
  toDayTotalsView,
} from "../kit/views.ts";
import { nextStepOf, sentenceOf } from "./reconciliation-texts.ts";

const summaryShape = {
  reconciliationId: z.string(),
  date: DayText,
  round: z.number(),
  status: z.enum(reconciliationStatuses),
  hospital: DayTotalsView,
  /** What the fund counts now. */
  fund: DayTotalsView,
  /** Hospital less fund. */
  differences: DayTotalsView,
};

/** What of the differences is not listed one by one. */
const UnlistedView = z.array(
  z.object({ cause: z.enum(causes), count: z.number(), hospital: Amount, fund: Amount }),
);

export const PostedDayView = z.object({ ...summaryShape, nextStep: SentenceView });

export const ReconciliationView = z.object({
  ...summaryShape,
  postedAt: InstantText,
  updatedAt: InstantText,
  /** Once it was compared row by row. */
  causes: z.optional(CauseCountsView),
  unlisted: z.optional(UnlistedView),
  /** Why the uploaded file was not compared. */
  faults: z.array(
    z.object({
      row: z.number(),
      field: z.string(),
      column: z.optional(z.number()),
      code: z.string(),
      detail: z.string(),
    }),
  ),
  nextStep: SentenceView,
});

export const PostedDetailsView = z.object({
  reconciliationId: z.string(),
  status: z.enum(reconciliationStatuses),
  /** Rows that were posted for this round so far. */
  rowCount: z.number(),
  causes: z.optional(CauseCountsView),
  unlisted: z.optional(UnlistedView),
  /** Where the differences are read. */
  differencesPath: z.optional(z.string()),
  nextStep: SentenceView,
});

export const UploadView = z.object({
  reconciliationId: z.string(),
  url: z.string(),
  method: z.literal("PUT"),
  expiresAt: InstantText,
  columns: z.array(z.string()),
  maxRows: z.number(),
  nextStep: SentenceView,
});

const FiguresView = z.object({ total: Amount, allocation: AllocationView });

export const DifferenceView = z.object({
  cause: z.enum(causes),
  kind: z.enum(reconciledKinds),
  settlementId: z.optional(z.string()),
  messageKey: z.optional(z.string()),
  visitId: z.optional(z.string()),
  hospitalVisitNo: z.optional(z.string()),
  hospital: z.optional(FiguresView),
  fund: z.optional(FiguresView),
  action: z.object({
    do: z.enum(remedies),
    messageKey: z.optional(z.string()),
    settlementId: z.optional(z.string()),
    day: z.optional(DayText),
    sentence: SentenceView,
  }),
});

const toUnlistedView = ({ comparison }: Round) => {
  const unlisted = comparison?.unlisted ?? [];
  return unlisted.length === 0
    ? {}
    : {
        unlisted: unlisted.map(({ hospital, fund, ...rest }) => ({
          ...rest,
          hospital: formatYuan(hospital),
          fund: formatYuan(fund),
        })),
      };
};

const toCausesView = (counts: CauseCounts) => ({ ...NO_CAUSES, ...counts });

/** A round as it is seen now. */
export interface RoundStatus {
  readonly round: Round;
  readonly status: ReconciliationStatus;
  readonly fundNow: DayTotals;
}

export const toPostedDayView = ({ round, status, fundNow }: RoundStatus) => ({
  reconciliationId: reconciliationIdOf(round.day, round.round),
  date: round.day,
  round: round.round,
  status,
  hospital: toDayTotalsView(round.hospital),
  fund: toDayTotalsView(fundNow),
  differences: toDayTotalsView(subtractDayTotals(round.hospital, fundNow)),
  nextStep: nextStepOf(status),
});

export const toReconciliationView = (seen: RoundStatus, detailOf: (code: string) => string) => {
  const { postedAt, at, comparison, faults = [] } = seen.round;
  return {
    ...toPostedDayView(seen),
    postedAt,
    updatedAt: at,
    causes: comparison === undefined ? undefined : toCausesView(comparison.causes),
    ...toUnlistedView(seen.round),
    faults: faults.map((fault) => ({ ...fault, detail: detailOf(fault.code) })),
  };
};

export const toPostedDetailsView = (round: Round, rowCount: number) => {
  const { day, status, comparison } = round;
  const reconciliationId = reconciliationIdOf(day, round.round);
  return {
    reconciliationId,
    status,
    rowCount,
    causes: comparison === undefined ? undefined : toCausesView(comparison.causes),
    ...toUnlistedView(round),
    differencesPath:
      comparison === undefined ? undefined : `/v1/hospital/reconciliations/${reconciliationId}/differences`,
    nextStep: nextStepOf(comparison === undefined ? "ROWS_TO_COME" : status),
  };
};

export const toDifferenceView = (difference: Difference) => ({
  ...difference,
  hospital: difference.hospital === undefined ? undefined : toAmountsView(difference.hospital),
  fund: difference.fund === undefined ? undefined : toAmountsView(difference.fund),
  action: { ...difference.action, sentence: sentenceOf(difference.action) },
});
