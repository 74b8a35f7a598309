import * as z from "zod/mini";
import { type Day, dayOf } from "../../domain/dates.ts";
import { parseSettlementId } from "../../domain/ids.ts";
import type { Elsewhere } from "../../domain/reconciliation/difference.ts";
import type { DetailRow } from "../../domain/reconciliation/statement.ts";
import { settlementKinds } from "../../domain/settlements/settlement.ts";
import type { Database } from "../kit/database.ts";
import { type Key, ledgerKeys } from "../kit/keys.ts";
import { getItems, type Item, readEach } from "../kit/read.ts";
import { StoredInstant } from "../kit/stored-fields.ts";
import { readDayEntries, readVoids } from "../reports/fund-daily-totals.ts";

/** Rows that are looked for by their keys before it shows whether they are on the same day. */
const ROWS_OF_SAMPLE = 50;
/** So many rows on a day are worth a query of that day. */
const WORTH_A_QUERY = 25;
/** Of 1 MB each, some 2,500 entries; what a longer day has beyond is looked for by its keys. */
const PAGES_OF_DAY = 4;

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

/** A row's entry on whatever day, or that there is none; a barred message never does anything. */
interface Found {
  readonly isBarred: boolean;
  readonly entry?: { readonly settlementId: string; readonly day: Day; readonly isVoid: boolean } | undefined;
}

/** Looks for rows by the keys that they name: a message, a settlement or two for each, in batched reads. */
async function findByKeys(
  db: Database,
  hospitalCode: string,
  rows: readonly DetailRow[],
): Promise<readonly Found[]> {
  const named = await findNamed(db, hospitalCode, rows);
  const { settled, reversals } = await readSettled(db, hospitalCode, named);
  const candidates = named.map(({ row, ids }) =>
    ids
      .flatMap((id) => [id, reversals.get(id)])
      .map((id) => (id === undefined ? undefined : settled.get(id)))
      .find((each) => each !== undefined && (each.kind === "REVERSAL") === (row.kind === "REVERSAL")),
  );
  const voided = await readVoided(db, hospitalCode, candidates);
  return named.map(({ isBarred }, index): Found => {
    const settlement = candidates[index];
    if (settlement === undefined) return { isBarred };
    const { settlementId, settledAt } = settlement;
    return { isBarred, entry: { settlementId, day: dayOf(settledAt), isVoid: voided.has(settlementId) } };
  });
}

function toElsewhere({ isBarred, entry }: Found, on: Day): Elsewhere {
  if (entry === undefined) return isBarred ? { kind: "CANCELLED" } : { kind: "NOWHERE" };
  const { settlementId, day, isVoid } = entry;
  if (isVoid) return { kind: "CANCELLED", settlementId };
  return day === on ? { kind: "NOWHERE" } : { kind: "OTHER_DAY", day, settlementId };
}

const nameIn = (kind: string, name: string): string => `${kind} ${name}`;

/** What days that were read whole have, by each name of an entry. */
class KnownDays {
  readonly #entries = new Map<string, Found>();
  readonly #read = new Set<Day>();
  readonly #hits = new Map<Day, number>();

  /** By the name that goes before the other: that of the settlement. */
  find({ kind, settlementId, messageKey }: DetailRow): Found | undefined {
    return this.#entries.get(nameIn(kind, settlementId ?? `message ${messageKey ?? ""}`));
  }

  /** The days on which so many rows were found by their keys that they are to be read. */
  count(found: readonly Found[]): Day[] {
    for (const { entry } of found)
      if (entry !== undefined) this.#hits.set(entry.day, (this.#hits.get(entry.day) ?? 0) + 1);
    return [...this.#hits].flatMap(([day, hits]) =>
      hits >= WORTH_A_QUERY && !this.#read.has(day) ? [day] : [],
    );
  }

  add(day: Day, { entries, voided }: Awaited<ReturnType<typeof readDayEntries>>): void {
    this.#read.add(day);
    for (const { kind, settlementId, messageKey, reverses } of entries) {
      const found = { isBarred: false, entry: { settlementId, day, isVoid: voided.has(settlementId) } };
      const message = messageKey === undefined ? undefined : `message ${messageKey}`;
      for (const name of [settlementId, message, reverses])
        if (name !== undefined) this.#entries.set(nameIn(kind, name), found);
    }
  }
}

/**
 * Tells what the fund knows of rows of a hospital that match nothing on a day, batch by batch: the day on which it has
 * them, or that their message was cancelled. Rows are looked for by their keys, a few batched reads for all together,
 * until many of them turn out to be on one day: that day is read as a whole, and answers for those that follow.
 */
export function makeFindElsewhere(
  db: Database,
  hospitalCode: string,
  on: Day,
): (rows: readonly DetailRow[]) => Promise<Elsewhere[]> {
  const days = new KnownDays();
  return async (rows) => {
    const found = new Map<DetailRow, Found>();
    let left = rows;
    for (let size = ROWS_OF_SAMPLE; left.length > 0; size *= 4) {
      const known = left.map((row) => [row, days.find(row)] as const);
      for (const [row, each] of known) if (each !== undefined) found.set(row, each);
      const unknown = known.filter(([, each]) => each === undefined).map(([row]) => row);
      const sample = unknown.slice(0, size);
      const ofSample = await findByKeys(db, hospitalCode, sample);
      for (const [index, row] of sample.entries()) found.set(row, ofSample[index] ?? { isBarred: false });
      for (const day of days.count(ofSample))
        days.add(day, await readDayEntries(db, hospitalCode, day, PAGES_OF_DAY));
      left = unknown.slice(size);
    }
    return rows.map((row) => toElsewhere(found.get(row) ?? { isBarred: false }, on));
  };
}
