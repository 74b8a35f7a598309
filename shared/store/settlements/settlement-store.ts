import * as z from "zod/mini";
import { type Allocation, bearers, negateAllocation } from "../../domain/bearers.ts";
import type { Instant } from "../../domain/dates.ts";
import { parseSettlementId } from "../../domain/ids.ts";
import { type Fen, negate, type Quantity, quantity } from "../../domain/money.ts";
import type { LineAllocation } from "../../domain/settlements/allocate-line.ts";
import { type Reason, reasonCodes } from "../../domain/settlements/reasons.ts";
import { type Settlement, settlementKinds } from "../../domain/settlements/settlement.ts";
import type { SettlementRecord } from "../../domain/settlements/settlement-record.ts";
import { visitTypes } from "../../domain/visit-type.ts";
import { blockingCodes } from "../../domain/visits/visit.ts";
import type { Database } from "../kit/database.ts";
import { ledgerKeys } from "../kit/keys.ts";
import { type PackedPart, packParts, readPackedRows } from "../kit/packed-parts.ts";
import { getItems } from "../kit/read.ts";
import {
  StoredAllocation,
  StoredDay,
  StoredFen,
  StoredInstant,
  StoredQuantity,
  toStoredAllocation,
} from "../kit/stored-fields.ts";
import { putNew, type Write } from "../kit/transaction.ts";

const StoredReason = z.object({ code: z.enum(reasonCodes), bearer: z.enum(bearers), amount: StoredFen });

const StoredSettlement = z.object({
  settlementId: z.string(),
  visitId: z.string(),
  kind: z.enum(settlementKinds),
  settledAt: StoredInstant,
  hospitalCode: z.string(),
  employerUscc: z.string(),
  visitType: z.enum(visitTypes),
  caseNo: z.optional(z.string()),
  policyEffectiveFrom: StoredDay,
  catalogueVersion: z.number(),
  total: StoredFen,
  allocation: StoredAllocation,
  reasons: z.array(StoredReason),
  lineCount: z.number(),
  mealAllowance: z.optional(z.object({ days: z.number(), amount: StoredFen })),
  repayments: z.optional(
    z.array(z.object({ payee: z.enum(["EMPLOYER", "WORKER"]), amount: StoredFen, receipt: z.string() })),
  ),
  blockedBy: z.optional(z.enum(blockingCodes)),
  reverses: z.optional(z.string()),
  reversesKind: z.optional(z.enum(settlementKinds)),
  reversesSettledAt: z.optional(StoredInstant),
  reversalReason: z.optional(z.string()),
  /** Where a counter-entry's lines are: with the settlement that it counters, by its number. */
  linesOf: z.optional(z.number()),
  /** Where each part of its lines begins, if some have fewer than 1,000. */
  lineStarts: z.optional(z.array(z.number())),
});

/** A settled line as it was allocated, with what a reader needs to know it by. */
export interface SettledLine {
  readonly lineNo: string;
  readonly itemCode: string;
  readonly name: string;
  readonly serviceAt: Instant;
  readonly quantity: Quantity;
  readonly gross: Fen;
  readonly allocation: Allocation;
  readonly reasons: readonly Reason[];
  readonly refunds: readonly string[];
}

const StoredSettledLine = z.object({
  lineNo: z.string(),
  itemCode: z.string(),
  name: z.string(),
  serviceAt: StoredInstant,
  quantity: StoredQuantity,
  gross: StoredFen,
  allocation: StoredAllocation,
  reasons: z.array(StoredReason),
  refunds: z.array(z.string()),
});

const LINES_PER_PART = 1_000;

const toStoredLine = ({ line, allocation, reasons }: LineAllocation): object => ({
  lineNo: line.original.lineNo,
  itemCode: line.original.itemCode,
  name: line.original.name,
  serviceAt: line.original.serviceAt,
  quantity: line.quantity,
  gross: line.gross,
  allocation: toStoredAllocation(allocation),
  reasons,
  refunds: line.refunds,
});

/** Where parts begin, if that is not after every 1,000 lines. */
function startsOf(parts: readonly PackedPart[]): readonly number[] | undefined {
  const starts = parts.map(({ start }) => start);
  return starts.every((start, index) => start === index * LINES_PER_PART) ? undefined : starts;
}

const putSettlement = (
  db: Database,
  settlement: Settlement,
  number: number,
  lines: { readonly linesOf?: number; readonly lineStarts?: readonly number[] | undefined },
): Write =>
  putNew(
    db.ledger,
    {
      ...ledgerKeys.settlement(settlement, number),
      ...settlement,
      allocation: toStoredAllocation(settlement.allocation),
      ...lines,
    },
    "CHANGED",
  );

/** A settlement with its lines, under its number, which is new within the visit. */
export function recordSettlement(
  db: Database,
  settlement: Settlement,
  number: number,
  lines: readonly LineAllocation[],
): Write[] {
  const parts = packParts(lines.map(toStoredLine), LINES_PER_PART);
  return [
    putSettlement(db, settlement, number, { lineStarts: startsOf(parts) }),
    ...parts.map(({ packed }, index) =>
      putNew(db.ledger, { ...ledgerKeys.settlementLines(settlement, number, index), packed }, "CHANGED"),
    ),
  ];
}

/**
 * The counter-entry of an earlier settlement, with the mark on what it takes back, which has room for one only. The
 * lines of the two are the same.
 */
export function recordCounterEntry(
  db: Database,
  counterEntry: Settlement,
  number: number,
  { number: takesBack, linesOf, lineStarts }: SettlementRecord,
): Write[] {
  return [
    putSettlement(db, counterEntry, number, { linesOf, lineStarts }),
    putNew(
      db.ledger,
      { ...ledgerKeys.settlementReversal(counterEntry, takesBack), settlementId: counterEntry.settlementId },
      { code: "SETTLEMENT_REVERSED" },
    ),
  ];
}

const StoredMark = z.object({ settlementId: z.string() });

/** A hospital's settlement; undefined where the hospital has no such settlement. */
export async function findSettlement(
  db: Database,
  hospitalCode: string,
  settlementId: string,
): Promise<SettlementRecord | undefined> {
  const id = parseSettlementId(settlementId);
  if (id === undefined) return undefined;
  const visit = { hospitalCode, visitId: id.visitId };
  const key = ledgerKeys.settlement(visit, id.number);
  const items = await getItems(db, db.ledger, [key, ledgerKeys.settlementReversal(visit, id.number)]);
  const item = items.find(({ sk }) => sk === key.sk);
  const mark = items.find(({ sk }) => sk !== key.sk);
  if (item === undefined) return undefined;
  const { linesOf, lineStarts, ...settlement } = StoredSettlement.parse(item);
  return {
    settlement,
    number: id.number,
    linesOf: linesOf ?? id.number,
    lineStarts,
    reversedBy: mark === undefined ? undefined : StoredMark.parse(mark).settlementId,
  };
}

const negateLine = (line: SettledLine): SettledLine => ({
  ...line,
  quantity: quantity(0 - line.quantity),
  gross: negate(line.gross),
  allocation: negateAllocation(line.allocation),
  reasons: line.reasons.map((reason) => ({ ...reason, amount: negate(reason.amount) })),
});

/** Lines of a settlement in the order of posting, from a position; a reversal's are negative. */
export async function readSettledLines(
  db: Database,
  { settlement, linesOf, lineStarts }: SettlementRecord,
  start: number,
  limit: number,
): Promise<SettledLine[]> {
  const parts = {
    keyOf: (part: number) => ledgerKeys.settlementLines(settlement, linesOf, part),
    rowsPerPart: LINES_PER_PART,
    starts: lineStarts,
    schema: StoredSettledLine,
  };
  const lines = await readPackedRows(db, parts, start, limit);
  return settlement.kind === "REVERSAL" ? lines.map(negateLine) : lines;
}
