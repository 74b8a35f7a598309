import * as z from "zod/mini";
import type { ChargeLine } from "../domain/charges/charge-line.ts";
import type { Database } from "./database.ts";
import { ledgerKeys } from "./keys.ts";
import { pack, unpack } from "./packed.ts";
import type { Item } from "./read.ts";
import { StoredBytes, StoredFen, StoredInstant, StoredPrice, StoredQuantity } from "./stored-fields.ts";
import { putNew, putOver, type Write } from "./transaction.ts";

const StoredLine = z.object({
  lineNo: z.string(),
  itemCode: z.string(),
  hospitalItemCode: z.optional(z.string()),
  name: z.string(),
  quantity: StoredQuantity,
  unitPrice: StoredPrice,
  amount: StoredFen,
  serviceAt: StoredInstant,
  injuryRelated: z.optional(z.boolean()),
  restrictionMet: z.optional(z.boolean()),
  diagnosisCode: z.optional(z.string()),
  consent: z.optional(
    z.object({ signedBy: z.enum(["EMPLOYER", "WORKER", "RELATIVE"]), reference: z.string() }),
  ),
  refundOf: z.optional(z.string()),
});

/** What a message did to a visit's lines: a log that is only ever added to. */
const StoredChange = z.union([
  z.object({ posted: z.array(StoredLine) }),
  z.object({ revoked: z.array(z.string()) }),
]);
type ChargeChange = { readonly posted: readonly ChargeLine[] } | { readonly revoked: readonly string[] };

/** One item of the log: small messages share a part, so that a long stay stays a few items. */
export interface ChargePart {
  readonly number: number;
  readonly bytes: number;
  readonly changes: readonly ChargeChange[];
}

const StoredPart = z.object({ number: z.number(), packed: StoredBytes });

export const chargeParts = (items: readonly Item[]): ChargePart[] =>
  items
    .map((item) => StoredPart.parse(item))
    .map(({ number, packed }) => ({
      number,
      bytes: packed.byteLength,
      changes: z.array(StoredChange).parse(unpack(packed)),
    }))
    .sort((a, b) => a.number - b.number);

/** The lines that stand after every change, in the order of posting. */
export function foldCharges(parts: readonly ChargePart[]): ChargeLine[] {
  const lines = new Map<string, ChargeLine>();
  for (const change of parts.flatMap((part) => part.changes)) {
    if ("posted" in change) for (const line of change.posted) lines.set(line.lineNo, line);
    else for (const lineNo of change.revoked) lines.delete(lineNo);
  }
  return [...lines.values()];
}

/** A part that stays below this is filled up by the next message: 6 KB cost 12 write units. */
const FULL_PART_BYTES = 5_500;

/**
 * Adds a change to the log of a visit's lines. The header's version, written in the same transaction, guards
 * the part that is filled up.
 */
export function appendCharges(
  db: Database,
  visitId: string,
  parts: readonly ChargePart[],
  change: ChargeChange,
): Write {
  const last = parts.at(-1);
  if (last !== undefined && last.bytes < FULL_PART_BYTES) {
    const packed = pack([...last.changes, change]);
    if (packed.byteLength <= FULL_PART_BYTES) {
      return putOver(db.ledger, { ...ledgerKeys.charges(visitId, last.number), number: last.number, packed });
    }
  }
  const number = (last?.number ?? 0) + 1;
  const packed = pack([change]);
  return putNew(db.ledger, { ...ledgerKeys.charges(visitId, number), number, packed }, "CHANGED");
}
