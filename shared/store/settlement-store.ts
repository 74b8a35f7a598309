import * as z from "zod/mini";
import type { LineAllocation } from "../domain/adjudication/allocate-line.ts";
import { type Reason, reasonCodes } from "../domain/adjudication/reasons.ts";
import { type Allocation, bearers } from "../domain/bearers.ts";
import { dayOf, type Instant } from "../domain/dates.ts";
import { toLedgerEntry } from "../domain/ledger/ledger-entry.ts";
import { type Settlement, settlementKinds } from "../domain/ledger/settlement.ts";
import type { Fen, Quantity } from "../domain/money.ts";
import { visitTypes } from "../domain/visit/visit-type.ts";
import type { Database } from "./database.ts";
import { ledgerKeys } from "./keys.ts";
import { pack, unpack } from "./packed.ts";
import { getItem } from "./read.ts";
import {
  StoredAllocation,
  StoredBytes,
  StoredDay,
  StoredFen,
  StoredInstant,
  StoredQuantity,
  toStoredAllocation,
} from "./stored-fields.ts";
import { putNew, type Write } from "./transaction.ts";

const StoredReason = z.object({ code: z.enum(reasonCodes), bearer: z.enum(bearers), amount: StoredFen });

const StoredSettlement = z.object({
  settlementId: z.string(),
  visitId: z.string(),
  kind: z.enum(settlementKinds),
  settledAt: StoredInstant,
  hospitalCode: z.string(),
  employerUscc: z.string(),
  visitType: z.enum(visitTypes),
  caseNo: z.string(),
  policyEffectiveFrom: StoredDay,
  catalogueVersion: z.number(),
  total: StoredFen,
  allocation: StoredAllocation,
  reasons: z.array(StoredReason),
  lineCount: z.number(),
  reverses: z.optional(z.string()),
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

function* splitLines(lines: readonly LineAllocation[]): Generator<readonly LineAllocation[]> {
  for (let start = 0; start < lines.length; start += LINES_PER_PART)
    yield lines.slice(start, start + LINES_PER_PART);
}

/** A settlement with its lines and its ledger entry; its number is new within the visit. */
export function recordSettlement(
  db: Database,
  settlement: Settlement,
  number: number,
  lines: readonly LineAllocation[],
): Write[] {
  const { visitId } = settlement;
  const entry = toLedgerEntry(settlement);
  const day = dayOf(entry.at);
  return [
    putNew(
      db.ledger,
      {
        ...ledgerKeys.settlement(visitId, number),
        ...settlement,
        allocation: toStoredAllocation(settlement.allocation),
      },
      "CHANGED",
    ),
    ...[...splitLines(lines)].map((part, index) =>
      putNew(
        db.ledger,
        { ...ledgerKeys.settlementLines(visitId, number, index), packed: pack(part.map(toStoredLine)) },
        "CHANGED",
      ),
    ),
    putNew(
      db.ledger,
      { ...ledgerKeys.ledgerEntry(entry.hospitalCode, day, entry.at, entry.entryId), ...entry },
      "CHANGED",
    ),
  ];
}

/** `<visitId>-<number>` taken apart; undefined for any other text. */
function parseSettlementId(settlementId: string): { visitId: string; number: number } | undefined {
  const match = /^(V[0-9A-Z]{1,40})-([1-9]\d{0,4})$/.exec(settlementId);
  if (match?.[1] === undefined) return undefined;
  return { visitId: match[1], number: Number(match[2]) };
}

/** A hospital's settlement; undefined where it is not the hospital's. */
export async function findSettlement(
  db: Database,
  hospitalCode: string,
  settlementId: string,
): Promise<Settlement | undefined> {
  const id = parseSettlementId(settlementId);
  if (id === undefined) return undefined;
  const item = await getItem(db, db.ledger, ledgerKeys.settlement(id.visitId, id.number));
  if (item === undefined) return undefined;
  const settlement = StoredSettlement.parse(item);
  return settlement.hospitalCode === hospitalCode ? settlement : undefined;
}

const StoredPart = z.object({ packed: StoredBytes });

/** Lines of a settlement in the order of posting, from a position; empty past the end. */
export async function readSettledLines(
  db: Database,
  settlementId: string,
  start: number,
  limit: number,
): Promise<SettledLine[]> {
  const id = parseSettlementId(settlementId);
  if (id === undefined) return [];
  const lines: SettledLine[] = [];
  let position = start;
  while (lines.length < limit) {
    const key = ledgerKeys.settlementLines(id.visitId, id.number, Math.floor(position / LINES_PER_PART));
    const item = await getItem(db, db.ledger, key);
    if (item === undefined) break;
    const offset = position % LINES_PER_PART;
    const part = z.array(z.unknown()).parse(unpack(StoredPart.parse(item).packed));
    const page = part.slice(offset, offset + limit - lines.length);
    if (page.length === 0) break;
    lines.push(...page.map((line) => StoredSettledLine.parse(line)));
    position += page.length;
  }
  return lines;
}
