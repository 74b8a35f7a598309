import * as z from "zod/mini";
import type { ChargeLine } from "../../domain/visits/charge-line.ts";
import type { Visit } from "../../domain/visits/visit.ts";
import type { Database } from "../kit/database.ts";
import { ledgerKeys } from "../kit/keys.ts";
import { pack, unpack } from "../kit/packed.ts";
import { cutByBytes } from "../kit/packed-parts.ts";
import type { Item } from "../kit/read.ts";
import {
  StoredBytes,
  StoredDiagnosisCode,
  StoredFen,
  StoredInstant,
  StoredPrice,
  StoredQuantity,
} from "../kit/stored-fields.ts";
import { putNew, putOver, type Write } from "../kit/transaction.ts";

const StoredLine = z.object({
  lineNo: z.string(),
  itemCode: z.string(),
  hospitalItemCode: z.optional(z.string()),
  name: z.string(),
  quantity: StoredQuantity,
  unitPrice: StoredPrice,
  amount: StoredFen,
  serviceAt: StoredInstant,
  injuryRelated: z._default(z.boolean(), true),
  restrictionMet: z._default(z.boolean(), false),
  diagnosisCode: z.optional(StoredDiagnosisCode),
  consent: z.optional(
    z.object({ signedBy: z.enum(["EMPLOYER", "WORKER", "RELATIVE"]), reference: z.string() }),
  ),
  refundOf: z.optional(z.string()),
});

/** What a message did to a visit's lines: a log that is only ever added to. `by` is the message's key. */
const StoredChange = z.union([
  z.object({ posted: z.array(StoredLine), by: z.string() }),
  z.object({ revoked: z.array(z.string()), by: z.string(), cancels: z.optional(z.string()) }),
  z.object({ restored: z.string() }),
]);
export type ChargeChange =
  | { readonly posted: readonly ChargeLine[]; readonly by: string }
  /** `cancels` names the message whose lines were revoked because it was cancelled: they never stand again. */
  | { readonly revoked: readonly string[]; readonly by: string; readonly cancels?: string | undefined }
  /** Lines that a message revoked stand again, after all others. */
  | { readonly restored: string };

/** One item of the log: small messages share a part, so that a long stay stays a few items. */
export interface ChargePart {
  readonly number: number;
  /** Version of the visit with which it was last written. */
  readonly version: number;
  /** How many parts were written with that version. */
  readonly together: number;
  readonly bytes: number;
  readonly changes: readonly ChargeChange[];
}

const StoredPart = z.object({
  number: z.number(),
  version: z.number(),
  together: z.optional(z.number()),
  packed: StoredBytes,
});

export const chargeParts = (items: readonly Item[]): ChargePart[] =>
  items
    .map((item) => StoredPart.parse(item))
    .map(({ number, version, together, packed }) => ({
      number,
      version,
      together: together ?? 1,
      bytes: packed.byteLength,
      changes: z.array(StoredChange).parse(unpack(packed)),
    }))
    .sort((a, b) => a.number - b.number);

/** Whether these are all parts that were written by this version of the visit, and none of a later one. */
export function areAsOf(parts: readonly ChargePart[], linesVersion: number): boolean {
  const latest = parts.reduce((newest, { version }) => Math.max(newest, version), 0);
  const written = parts.filter(({ version }) => version === latest);
  return latest === linesVersion && written.length >= (written[0]?.together ?? 0);
}

interface PostedLine {
  readonly line: ChargeLine;
  /** Which posting of the visit it was: counts up from 1 over the whole log, and stays the line's for good. */
  readonly posting: number;
  readonly by: string;
}

interface FoldedLog {
  readonly standing: ReadonlyMap<string, PostedLine>;
  /** By the key of the message that revoked them. */
  readonly revoked: ReadonlyMap<string, readonly PostedLine[]>;
}

/** What a cancelled message posted cannot be restored by cancelling its revocation. */
function forget(revoked: Map<string, PostedLine[]>, messageKey: string): void {
  for (const [by, lines] of revoked) {
    revoked.set(
      by,
      lines.filter((line) => line.by !== messageKey),
    );
  }
}

function foldLog(parts: readonly ChargePart[]): FoldedLog {
  const standing = new Map<string, PostedLine>();
  const revoked = new Map<string, PostedLine[]>();
  let posting = 0;
  for (const change of parts.flatMap((part) => part.changes)) {
    if ("posted" in change) {
      for (const line of change.posted) {
        posting += 1;
        standing.set(line.lineNo, { line, by: change.by, posting });
      }
    } else if ("revoked" in change) {
      const lines = change.revoked.flatMap((lineNo) => standing.get(lineNo) ?? []);
      // What one message revoked may be several changes.
      revoked.set(change.by, [...(revoked.get(change.by) ?? []), ...lines]);
      for (const lineNo of change.revoked) standing.delete(lineNo);
      if (change.cancels !== undefined) forget(revoked, change.cancels);
    } else {
      for (const posted of revoked.get(change.restored) ?? []) standing.set(posted.line.lineNo, posted);
    }
  }
  return { standing, revoked };
}

const toLines = (posted: Iterable<PostedLine>): ChargeLine[] => [...posted].map(({ line }) => line);

/** The lines that stand after every change, in the order of posting. */
export const foldCharges = (parts: readonly ChargePart[]): ChargeLine[] =>
  toLines(foldLog(parts).standing.values());

/** The lines that stand, by their postings: one that was revoked and stands again is where it was at first. */
export const postedLines = (parts: readonly ChargePart[]): PostedLine[] =>
  [...foldLog(parts).standing.values()].sort((a, b) => a.posting - b.posting);

/** The lines that stand of those that one message posted. */
export const linesPostedBy = (parts: readonly ChargePart[], messageKey: string): ChargeLine[] =>
  toLines([...foldLog(parts).standing.values()].filter(({ by }) => by === messageKey));

/** The lines that one message revoked. */
export const linesRevokedBy = (parts: readonly ChargePart[], messageKey: string): ChargeLine[] =>
  toLines(foldLog(parts).revoked.get(messageKey) ?? []);

/** A part that stays below this is filled up by the next message: 6 KB cost 12 write units. */
const FULL_PART_BYTES = 5_500;

/** A change as several of the same message, where it would not fit into one item. */
function splitChange(change: ChargeChange): ChargeChange[] {
  if ("posted" in change) return cutByBytes(change.posted).map((posted) => ({ ...change, posted }));
  if ("restored" in change || change.revoked.length === 0) return [change];
  return cutByBytes(change.revoked).map((revoked) => ({ ...change, revoked }));
}

/**
 * Adds a change to the log of a visit's lines. The header's version, written in the same transaction, guards
 * the part that is filled up.
 */
export function appendCharges(
  db: Database,
  visit: Pick<Visit, "hospitalCode" | "visitId" | "version">,
  parts: readonly ChargePart[],
  change: ChargeChange,
): Write[] {
  const last = parts.at(-1);
  const changes = splitChange(change);
  const { version } = visit;
  if (changes.length === 1 && last !== undefined && last.bytes < FULL_PART_BYTES) {
    const packed = pack([...last.changes, change]);
    if (packed.byteLength <= FULL_PART_BYTES) {
      const { number } = last;
      return [putOver(db.ledger, { ...ledgerKeys.charges(visit, number), number, version, packed })];
    }
  }
  const together = changes.length === 1 ? {} : { together: changes.length };
  return changes.map((each, index) => {
    const number = (last?.number ?? 0) + 1 + index;
    const part = { number, version, ...together, packed: pack([each]) };
    return putNew(db.ledger, { ...ledgerKeys.charges(visit, number), ...part }, "CHANGED");
  });
}
