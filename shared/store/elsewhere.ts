import * as z from "zod/mini";
import { type Day, dayOf } from "../domain/dates.ts";
import { parseSettlementId } from "../domain/ids.ts";
import { settlementKinds } from "../domain/ledger/settlement.ts";
import type { Elsewhere } from "../domain/reconciliation/difference.ts";
import type { DetailRow } from "../domain/reconciliation/statement.ts";
import type { Database } from "./database.ts";
import { readVoids } from "./fund-day.ts";
import { type Key, ledgerKeys } from "./keys.ts";
import { getItems, type Item, readEach } from "./read.ts";
import { StoredInstant } from "./stored-fields.ts";

const Message = z.object({
  barred: z.optional(z.literal(true)),
  operation: z.optional(z.string()),
  subject: z.optional(z.string()),
});
const Settled = z.object({
  settlementId: z.string(),
  hospitalCode: z.string(),
  kind: z.enum(settlementKinds),
  settledAt: StoredInstant,
});
type Settled = z.infer<typeof Settled>;
const Mark = z.object({ settlementId: z.string() });

const nameOf = ({ pk, sk }: { readonly pk?: unknown; readonly sk?: unknown }): string =>
  `${String(pk)} ${String(sk)}`;

/** Items by key, each asked for once. */
async function readKeys(
  db: Database,
  keys: readonly (Key | undefined)[],
): Promise<ReadonlyMap<string, Item>> {
  const asked = new Map(keys.filter((key) => key !== undefined).map((key) => [nameOf(key), key]));
  const items = await getItems(db, db.ledger, [...asked.values()]);
  return new Map(items.map((item) => [nameOf(item), item]));
}

function settlementKey(hospitalCode: string, settlementId: string): Key | undefined {
  const id = parseSettlementId(settlementId);
  return id && ledgerKeys.settlement({ hospitalCode, visitId: id.visitId }, id.number);
}

function markKey(hospitalCode: string, settlementId: string): Key | undefined {
  const id = parseSettlementId(settlementId);
  return id && ledgerKeys.settlementReversal({ hospitalCode, visitId: id.visitId }, id.number);
}

/** What a row's own message is known to have done; a barred one never does anything. */
interface Named {
  readonly row: DetailRow;
  readonly isBarred: boolean;
  /** Settlements that the row or its message names. */
  readonly ids: readonly string[];
}

const settling = new Set(["settle-visit", "reverse-settlement"]);

async function findNamed(db: Database, hospitalCode: string, rows: readonly DetailRow[]): Promise<Named[]> {
  const keyOf = ({ messageKey }: DetailRow): Key | undefined =>
    messageKey === undefined ? undefined : ledgerKeys.message(hospitalCode, messageKey);
  const messages = await readKeys(db, rows.map(keyOf));
  return rows.map((row) => {
    const key = keyOf(row);
    const item = key === undefined ? undefined : messages.get(nameOf(key));
    const message = item === undefined ? undefined : Message.parse(item);
    const made = settling.has(message?.operation ?? "") ? message?.subject : undefined;
    const ids = [row.settlementId, made].filter((id) => id !== undefined);
    return { row, isBarred: message?.barred === true, ids };
  });
}

/** A hospital's settlements with some ids, and the reversals of them where rows ask for those. */
async function readSettled(
  db: Database,
  hospitalCode: string,
  named: readonly Named[],
): Promise<{ settled: ReadonlyMap<string, Settled>; reversals: ReadonlyMap<string, string> }> {
  const ids = named.flatMap((each) => each.ids);
  const reversedIds = named.filter(({ row }) => row.kind === "REVERSAL").flatMap((each) => each.ids);
  const marks = await readKeys(
    db,
    reversedIds.map((id) => markKey(hospitalCode, id)),
  );
  const reversals = new Map<string, string>();
  for (const id of reversedIds) {
    const key = markKey(hospitalCode, id);
    const mark = key === undefined ? undefined : marks.get(nameOf(key));
    if (mark !== undefined) reversals.set(id, Mark.parse(mark).settlementId);
  }
  const items = await readKeys(
    db,
    [...ids, ...reversals.values()].map((id) => settlementKey(hospitalCode, id)),
  );
  const settled = [...items.values()].map((item) => Settled.parse(item));
  return { settled: new Map(settled.map((each) => [each.settlementId, each])), reversals };
}

/** Ids of what was cancelled on the days of some settlements: one query for each day, however many they are. */
async function readVoided(
  db: Database,
  hospitalCode: string,
  settlements: readonly (Settled | undefined)[],
): Promise<ReadonlySet<string>> {
  const days = new Set(settlements.flatMap((each) => (each === undefined ? [] : dayOf(each.settledAt))));
  const voids = await readEach(days, (on) => readVoids(db, hospitalCode, on));
  return new Set(voids.flat().map(({ entryId }) => entryId));
}

/**
 * What the fund knows of rows of a hospital that match nothing on a day: the day on which it has them, or that their
 * message was cancelled. A few batched reads for all rows together.
 */
export async function findElsewhere(
  db: Database,
  hospitalCode: string,
  on: Day,
  rows: readonly DetailRow[],
): Promise<Elsewhere[]> {
  const named = await findNamed(db, hospitalCode, rows);
  const { settled, reversals } = await readSettled(db, hospitalCode, named);
  const candidates = named.map(({ row, ids }) =>
    ids
      .flatMap((id) => [id, reversals.get(id)])
      .map((id) => (id === undefined ? undefined : settled.get(id)))
      .find((each) => each !== undefined && (each.kind === "REVERSAL") === (row.kind === "REVERSAL")),
  );
  const voided = await readVoided(db, hospitalCode, candidates);
  return named.map(({ isBarred }, index): Elsewhere => {
    const found = candidates[index];
    if (found === undefined) return isBarred ? { kind: "CANCELLED" } : { kind: "NOWHERE" };
    const { settlementId, settledAt } = found;
    if (voided.has(settlementId)) return { kind: "CANCELLED", settlementId };
    const day = dayOf(settledAt);
    return day === on ? { kind: "NOWHERE" } : { kind: "OTHER_DAY", day, settlementId };
  });
}
