import type { DatabaseSync } from "node:sqlite";
import * as z from "zod/mini";
import type { DetailRow } from "../domain/reconciliation/statement.ts";
import { StoredDetailRow, toStoredDetailRow } from "../store/reconciliation/stored-reconciliation.ts";

/** A row of the hospital's that does not simply agree with an entry. */
export interface Finding {
  readonly kind: "MATCHED" | "REPEATED" | "ONLY_HOSPITAL";
  readonly row: DetailRow;
  /** Number of the entry that it was found to be. */
  readonly entry?: number | undefined;
}

const StoredFinding = z.object({
  number: z.number(),
  kind: z.enum(["MATCHED", "REPEATED", "ONLY_HOSPITAL"]),
  entry: z.nullable(z.number()),
  row: z.string(),
});

/** What was found so far, kept aside until the hospital's side is known to be whole. */
export interface FindingTable {
  readonly add: (finding: Finding) => void;
  /** Whether a row that matches nothing was there before under one of its names; from now on it was. */
  readonly isRepeated: (row: DetailRow) => boolean;
  readonly pages: (size: number) => Generator<readonly Finding[]>;
}

const namesOf = ({ kind, settlementId, messageKey }: DetailRow): string[] => [
  ...(settlementId === undefined ? [] : [`${kind} ID ${settlementId}`]),
  ...(messageKey === undefined ? [] : [`${kind} MESSAGE ${messageKey}`]),
];

export function makeFindingTable(database: DatabaseSync): FindingTable {
  database.exec(`CREATE TABLE finding (number INTEGER PRIMARY KEY, kind TEXT, entry INTEGER, row TEXT);
    CREATE TABLE unmatched (name TEXT PRIMARY KEY) WITHOUT ROWID`);
  const insert = database.prepare("INSERT INTO finding (kind, entry, row) VALUES (?, ?, ?)");
  const remember = database.prepare("INSERT OR IGNORE INTO unmatched VALUES (?)");
  const page = database.prepare("SELECT * FROM finding WHERE number > ? ORDER BY number LIMIT ?");
  return {
    add: ({ kind, entry, row }) => {
      insert.run(kind, entry ?? null, JSON.stringify(toStoredDetailRow(row)));
    },
    isRepeated: (row) => namesOf(row).filter((name) => remember.run(name).changes === 0).length > 0,
    *pages(size) {
      for (let last = 0; ; ) {
        const found = z.array(StoredFinding).parse(page.all(last, size));
        if (found.length === 0) return;
        last = found.at(-1)?.number ?? last;
        yield found.map(({ kind, entry, row }) => ({
          kind,
          entry: entry ?? undefined,
          row: StoredDetailRow.parse(JSON.parse(row)),
        }));
      }
    },
  };
}
