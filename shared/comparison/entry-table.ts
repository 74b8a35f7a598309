import type { DatabaseSync, SQLOutputValue } from "node:sqlite";
import * as z from "zod/mini";
import type { Amounts } from "../domain/amounts.ts";
import { reconciledKinds } from "../domain/reconciliation/day-totals.ts";
import type { FundEntry } from "../domain/reconciliation/difference.ts";
import type { DetailRow } from "../domain/reconciliation/statement.ts";
import { StoredAllocation, StoredFen } from "../store/kit/stored-fields.ts";

/** A settlement and a reversal with one id, or of one message, are two things. */
const keyOf = (kind: FundEntry["kind"], id: string): string => `${kind === "SETTLEMENT" ? "S" : "R"}${id}`;

/** Amounts as one text, so that equal figures are equal texts. */
function textOf({ total, allocation }: Amounts): string {
  const { fund, employer, hospital, thirdParty, otherInsurer, personal } = allocation;
  return `${total} ${fund} ${employer} ${hospital} ${thirdParty} ${otherInsurer} ${personal}`;
}

function fromText(text: string): Amounts {
  const [total, ...parts] = text.split(" ").map(Number);
  return { total: StoredFen.parse(total), allocation: StoredAllocation.parse(parts) };
}

const nullToUndefined = z.pipe(
  z.nullable(z.string()),
  z.transform((text) => text ?? undefined),
);
const EntryRow = z.object({
  kind: z.enum(reconciledKinds),
  settlement: z.string(),
  visit: z.string(),
  message: nullToUndefined,
  reverses: nullToUndefined,
  figures: z.string(),
});

function toEntry(item: unknown): FundEntry {
  const { kind, settlement, visit, message, reverses, figures } = EntryRow.parse(item);
  return {
    ...{ kind, settlementId: settlement, visitId: visit, messageKey: message, reverses },
    ...fromText(figures),
  };
}

/** What a row was found to be: an entry by its number, and whether the amounts are the same. */
export interface Match {
  readonly number: number;
  readonly isEqual: boolean;
}

/** The fund's side in a temporary file: a million entries are more than memory should hold. */
export interface EntryTable {
  readonly add: (entries: readonly FundEntry[]) => void;
  /** Makes what was added findable; nothing is added after it. Returns how many entries there are. */
  readonly seal: () => number;
  readonly find: (row: DetailRow) => Match | undefined;
  readonly get: (number: number) => FundEntry;
}

type Found = Record<string, SQLOutputValue> | undefined;

function toMatch(found: Found, row: DetailRow): Match | undefined {
  if (typeof found?.number !== "number") return undefined;
  return { number: found.number, isEqual: found.figures === textOf(row) };
}

/**
 * A row is the entry of its kind with its settlement's id; a reversal may also be named by what it takes back; else
 * it is the entry of its kind that its message made.
 */
export function makeEntryTable(database: DatabaseSync): EntryTable {
  database.exec(`CREATE TABLE entry (number INTEGER PRIMARY KEY, kind TEXT, settlement TEXT, visit TEXT, message TEXT,
    reverses TEXT, figures TEXT, own_key TEXT, message_key TEXT, taken_back TEXT)`);
  const insert = database.prepare("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  const select = "SELECT number, figures FROM entry";
  let count = 0;
  const bySelf = database.prepare(`${select} WHERE own_key = ?`);
  const byTakenBack = database.prepare(`${select} WHERE taken_back = ?`);
  const byMessage = database.prepare(`${select} WHERE message_key = ?`);
  const byNumber = database.prepare("SELECT * FROM entry WHERE number = ?");
  return {
    add: (entries) => {
      for (const entry of entries) {
        const { kind, settlementId, visitId, messageKey, reverses } = entry;
        insert.run(
          ...[count, kind, settlementId, visitId, messageKey ?? null, reverses ?? null, textOf(entry)],
          keyOf(kind, settlementId),
          messageKey === undefined ? null : keyOf(kind, messageKey),
          kind === "REVERSAL" ? (reverses ?? null) : null,
        );
        count += 1;
      }
    },
    seal: () => {
      database.exec(`CREATE INDEX by_self ON entry (own_key);
        CREATE INDEX by_taken_back ON entry (taken_back) WHERE taken_back IS NOT NULL;
        CREATE INDEX by_message ON entry (message_key) WHERE message_key IS NOT NULL`);
      return count;
    },
    find: (row) => {
      const { kind, settlementId, messageKey } = row;
      if (settlementId !== undefined) {
        const own = toMatch(bySelf.get(keyOf(kind, settlementId)), row);
        if (own !== undefined) return own;
        const counterEntry = kind === "REVERSAL" ? toMatch(byTakenBack.get(settlementId), row) : undefined;
        if (counterEntry !== undefined) return counterEntry;
      }
      return messageKey === undefined ? undefined : toMatch(byMessage.get(keyOf(kind, messageKey)), row);
    },
    get: (number) => toEntry(byNumber.get(number)),
  };
}
