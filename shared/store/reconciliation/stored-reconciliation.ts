import * as z from "zod/mini";
import { type DayTotals, reconciledKinds, type SideTotals } from "../../domain/reconciliation/day-totals.ts";
import { causes, type Difference, remedies } from "../../domain/reconciliation/difference.ts";
import type { DetailRow } from "../../domain/reconciliation/statement.ts";
import { StoredAllocation, StoredDay, StoredFen, toStoredAllocation } from "../kit/stored-fields.ts";

const optionalText = z.optional(z.string());
const StoredAmounts = z.object({ total: StoredFen, allocation: StoredAllocation });
const StoredSide = z.object({ count: z.number(), total: StoredFen, allocation: StoredAllocation });

/** What one side counts on a day, as an item keeps it. */
export const StoredDayTotals = z.object({ settlements: StoredSide, reversals: StoredSide });

const toStoredSide = ({ count, total, allocation }: SideTotals) => ({
  count,
  total,
  allocation: toStoredAllocation(allocation),
});

export const toStoredDayTotals = ({ settlements, reversals }: DayTotals) => ({
  settlements: toStoredSide(settlements),
  reversals: toStoredSide(reversals),
});

export const StoredDetailRow = z.object({
  settlementId: optionalText,
  messageKey: optionalText,
  visitId: optionalText,
  hospitalVisitNo: optionalText,
  kind: z.enum(reconciledKinds),
  total: StoredFen,
  allocation: StoredAllocation,
});

export const toStoredDetailRow = (row: DetailRow) => ({
  ...row,
  allocation: toStoredAllocation(row.allocation),
});

export const StoredDifference = z.object({
  cause: z.enum(causes),
  kind: z.enum(reconciledKinds),
  settlementId: optionalText,
  messageKey: optionalText,
  visitId: optionalText,
  hospitalVisitNo: optionalText,
  hospital: z.optional(StoredAmounts),
  fund: z.optional(StoredAmounts),
  action: z.object({
    do: z.enum(remedies),
    messageKey: optionalText,
    settlementId: optionalText,
    day: z.optional(StoredDay),
  }),
});

const toStoredAmounts = (figures: Difference["fund"]) =>
  figures === undefined
    ? undefined
    : { total: figures.total, allocation: toStoredAllocation(figures.allocation) };

export const toStoredDifference = (difference: Difference) => ({
  ...difference,
  hospital: toStoredAmounts(difference.hospital),
  fund: toStoredAmounts(difference.fund),
});
