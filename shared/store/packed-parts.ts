import * as z from "zod/mini";
import type { Database } from "./database.ts";
import type { Key } from "./keys.ts";
import { unpack } from "./packed.ts";
import { getItem } from "./read.ts";
import { StoredBytes } from "./stored-fields.ts";

const StoredPart = z.object({ packed: StoredBytes });

/** A long list that is kept in parts, each an item of its own with the same number of rows but for the last. */
export interface PackedParts<Schema extends z.core.$ZodType> {
  readonly keyOf: (part: number) => Key;
  readonly rowsPerPart: number;
  readonly schema: Schema;
}

/** Rows of such a list from a position, up to a limit; fewer at its end. */
export async function readPackedRows<Schema extends z.core.$ZodType>(
  db: Database,
  { keyOf, rowsPerPart, schema }: PackedParts<Schema>,
  start: number,
  limit: number,
): Promise<z.output<Schema>[]> {
  const rows: z.output<Schema>[] = [];
  while (rows.length < limit) {
    const position = start + rows.length;
    const item = await getItem(db, db.ledger, keyOf(Math.floor(position / rowsPerPart)));
    if (item === undefined) break;
    const part = z.array(z.unknown()).parse(unpack(StoredPart.parse(item).packed));
    const offset = position % rowsPerPart;
    const page = part.slice(offset, offset + limit - rows.length);
    if (page.length === 0) break;
    rows.push(...page.map((row) => z.parse(schema, row)));
  }
  return rows;
}
