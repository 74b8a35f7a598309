import * as z from "zod/mini";
import type { Database } from "./database.ts";
import type { Key } from "./keys.ts";
import { packText, unpack } from "./packed.ts";
import { getItem } from "./read.ts";
import { StoredBytes } from "./stored-fields.ts";

const StoredPart = z.object({ packed: StoredBytes });

/**
 * An item takes 400 KB. A part is cut by the bytes of its text before it is packed: what cannot be compressed grows
 * by a few bytes only, so that every part fits whatever it holds.
 */
const MAX_PART_BYTES = 350_000;

/** Rows that lie in one part of a list: from which place on, and packed. */
export interface PackedPart {
  readonly start: number;
  readonly packed: Uint8Array;
}

/** Cuts rows into parts of so many bytes and rows at most; a row that is larger by itself has a part of its own. */
export function packParts(rows: readonly unknown[], rowsPerPart: number): PackedPart[] {
  const parts: PackedPart[] = [];
  let [start, bytes] = [0, 0];
  let texts: string[] = [];
  const close = (): void => {
    if (texts.length > 0) parts.push({ start, packed: packText(`[${texts.join(",")}]`) });
    start += texts.length;
    [texts, bytes] = [[], 0];
  };
  for (const row of rows) {
    const text = JSON.stringify(row);
    const size = Buffer.byteLength(text) + 1;
    if (texts.length === rowsPerPart || bytes + size > MAX_PART_BYTES) close();
    texts.push(text);
    bytes += size;
  }
  close();
  return parts;
}

/** Cuts values as `packParts` does, and leaves them as they are. */
export function cutByBytes<Value>(values: readonly Value[]): Value[][] {
  const cuts: Value[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const value of values) {
    const size = Buffer.byteLength(JSON.stringify(value)) + 1;
    if (bytes + size > MAX_PART_BYTES) {
      cuts.push([]);
      bytes = 0;
    }
    cuts.at(-1)?.push(value);
    bytes += size;
  }
  return cuts;
}

/** A long list that is kept in parts, each an item of its own. */
export interface PackedParts<Schema extends z.core.$ZodType> {
  readonly keyOf: (part: number) => Key;
  /** Each part but the last has so many rows, unless `starts` says where the parts begin. */
  readonly rowsPerPart: number;
  readonly starts?: readonly number[] | undefined;
  readonly schema: Schema;
}

/** In which part a row lies, and at which place of it. */
function placeOf(
  { rowsPerPart, starts }: Pick<PackedParts<z.core.$ZodType>, "rowsPerPart" | "starts">,
  position: number,
): { readonly part: number; readonly offset: number } {
  if (starts === undefined) {
    return { part: Math.floor(position / rowsPerPart), offset: position % rowsPerPart };
  }
  const part = starts.findLastIndex((start) => start <= position);
  return { part, offset: position - (starts[part] ?? 0) };
}

/** Rows of such a list from a position, up to a limit; fewer at its end. */
export async function readPackedRows<Schema extends z.core.$ZodType>(
  db: Database,
  list: PackedParts<Schema>,
  start: number,
  limit: number,
): Promise<z.output<Schema>[]> {
  const rows: z.output<Schema>[] = [];
  while (rows.length < limit) {
    const { part, offset } = placeOf(list, start + rows.length);
    const item = await getItem(db, db.ledger, list.keyOf(part));
    if (item === undefined) break;
    const found = z.array(z.unknown()).parse(unpack(StoredPart.parse(item).packed));
    const page = found.slice(offset, offset + limit - rows.length);
    if (page.length === 0) break;
    rows.push(...page.map((row) => z.parse(list.schema, row)));
  }
  return rows;
}
