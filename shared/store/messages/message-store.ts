import * as z from "zod/mini";
import type { Instant } from "../../domain/dates.ts";
import type { Database } from "../kit/database.ts";
import { ledgerKeys } from "../kit/keys.ts";
import { pack, packText, unpack, unpackText } from "../kit/packed.ts";
import { getItem, getItems, type Item } from "../kit/read.ts";
import { StoredBytes, StoredInstant } from "../kit/stored-fields.ts";
import { putNew, type Write } from "../kit/transaction.ts";

/** A message as it arrived: who sent it, under which key, and what it said. */
export interface Message {
  readonly institution: string;
  readonly key: string;
  readonly operation: string;
  /** Keyed hash (HMAC-SHA256) of the operation, its path's ids and its body as they were parsed, with defaults. */
  readonly contentHash: string;
  /**
   * The same of what was sent, before it was parsed. Records are kept for ever, and another release may parse the same
   * text into something else, by another default: what was sent before is known by this.
   */
  readonly sentHash: string;
}

/** A message that took effect, kept for ever. Who sent it is in the audit trail. */
export interface AppliedMessage extends Message {
  readonly status: number;
  /** The answer's exact text. */
  readonly text: string;
  /** Id of what was changed. */
  readonly subject: string;
  readonly at: Instant;
  /** What taking the effect back needs to know, as the operation left it. */
  readonly undo?: unknown;
}

/** What is on record under a key: a message that took effect, or the word that none ever will. */
export type KnownMessage = ({ readonly kind: "APPLIED" } & AppliedMessage) | { readonly kind: "BARRED" };

type Hashes = Pick<Message, "contentHash" | "sentHash">;

/** Whether two messages say the same: as they were sent, or as they were understood. */
export const saysTheSame = (known: Hashes, message: Hashes): boolean =>
  known.sentHash === message.sentHash || known.contentHash === message.contentHash;

/** Records of before had one hash, of what was sent. */
const hashesShape = { contentHash: z.string(), sentHash: z.optional(z.string()) };
const toHashes = ({
  contentHash,
  sentHash,
}: {
  contentHash: string;
  sentHash?: string | undefined;
}): Hashes => ({
  contentHash,
  sentHash: sentHash ?? contentHash,
});

const StoredMessage = z.union([
  z.object({ barred: z.literal(true) }),
  z.object({
    operation: z.string(),
    ...hashesShape,
    status: z.number(),
    answer: StoredBytes,
    /** How many more items have the rest of it. */
    answerParts: z.optional(z.number()),
    subject: z.string(),
    at: StoredInstant,
    undo: z.optional(StoredBytes),
  }),
]);

/** An item takes 400 KB, and has the other facts of the message as well. */
const MAX_ANSWER_BYTES = 350_000;

const StoredRest = z.object({ answer: StoredBytes });

/** The rest of a long answer, in its order. */
async function readRest(
  db: Database,
  institution: string,
  key: string,
  count: number,
): Promise<Uint8Array[]> {
  const keys = Array.from({ length: count }, (_, part) => ledgerKeys.messageAnswer(institution, key, part));
  const items = count === 0 ? [] : await getItems(db, db.ledger, keys);
  return keys.map(({ sk }) => StoredRest.parse(items.find((item) => item.sk === sk)).answer);
}

async function toKnownMessage(
  db: Database,
  institution: string,
  key: string,
  item: Item,
): Promise<KnownMessage> {
  const stored = StoredMessage.parse(item);
  if ("barred" in stored) return { kind: "BARRED" };
  const { answer, answerParts = 0, undo, ...rest } = stored;
  const parts = [answer, ...(await readRest(db, institution, key, answerParts))];
  return {
    kind: "APPLIED",
    institution,
    key,
    ...rest,
    ...toHashes(rest),
    text: unpackText(Buffer.concat(parts)),
    undo: undo === undefined ? undefined : unpack(undo),
  };
}

/** The message under a key, if it took effect or never will. */
export async function findMessage(
  db: Database,
  institution: string,
  key: string,
): Promise<KnownMessage | undefined> {
  const item = await getItem(db, db.ledger, ledgerKeys.message(institution, key));
  return item === undefined ? undefined : toKnownMessage(db, institution, key, item);
}

/** Written in the transaction of the message's effect: a key is applied once, ever. A long answer takes more items. */
export function recordMessage(
  db: Database,
  { institution, key, text, undo, ...message }: AppliedMessage,
  trail: { readonly role: string; readonly requestId: string },
): Write[] {
  const answer = packText(text);
  const restCount = Math.ceil(answer.byteLength / MAX_ANSWER_BYTES) - 1;
  const partOf = (number: number): Uint8Array =>
    answer.subarray(number * MAX_ANSWER_BYTES, (number + 1) * MAX_ANSWER_BYTES);
  return [
    putNew(
      db.ledger,
      {
        ...ledgerKeys.message(institution, key),
        ...message,
        answer: partOf(0),
        ...(restCount === 0 ? {} : { answerParts: restCount }),
        ...(undo === undefined ? {} : { undo: pack(undo) }),
        ...trail,
      },
      "MESSAGE_TAKEN",
    ),
    ...Array.from({ length: restCount }, (_, part) =>
      putNew(
        db.ledger,
        { ...ledgerKeys.messageAnswer(institution, key, part), answer: partOf(part + 1) },
        "CHANGED",
      ),
    ),
  ];
}

const StoredCancellation = z.object({ answer: StoredBytes });

/** What is known of a message and of its cancellation; in one read, unless it is cancelled at that moment. */
export async function findMessageAndCancellation(
  db: Database,
  institution: string,
  key: string,
): Promise<{ message: KnownMessage | undefined; cancellation: unknown }> {
  const keys = [ledgerKeys.message(institution, key), ledgerKeys.messageCancellation(institution, key)];
  const items = await getItems(db, db.ledger, keys);
  const [stored, found] = keys.map(({ sk }) => items.find((item) => item.sk === sk));
  const message = stored === undefined ? undefined : await toKnownMessage(db, institution, key, stored);
  // A batch is no snapshot: what bars a message is written together with its cancellation, which is there by now.
  const isBetween = message?.kind === "BARRED" && found === undefined;
  const cancellation = isBetween
    ? await getItem(db, db.ledger, ledgerKeys.messageCancellation(institution, key))
    : found;
  return {
    message,
    cancellation:
      cancellation === undefined ? undefined : unpack(StoredCancellation.parse(cancellation).answer),
  };
}

/** Makes sure that a message can never take effect, also when it is still on its way. */
export const barMessage = (db: Database, institution: string, key: string): Write =>
  putNew(db.ledger, { ...ledgerKeys.message(institution, key), barred: true }, "CHANGED");

/** A message is cancelled once; the answer is the same for everybody who asks again. */
export const recordCancellation = (
  db: Database,
  { institution, key, value }: { institution: string; key: string; value: unknown },
): Write =>
  putNew(db.ledger, { ...ledgerKeys.messageCancellation(institution, key), answer: pack(value) }, "CHANGED");

const StoredPart = z.object({ ...hashesShape, at: z.optional(StoredInstant) });

/** Marks one part of a large message as applied, in the part's own transaction; `at` where what it registered is told by it. */
export const recordMessagePart = (
  db: Database,
  message: Message,
  part: number,
  at: Instant | undefined,
): Write =>
  putNew(
    db.ledger,
    {
      ...ledgerKeys.messagePart(message.institution, message.key, part),
      contentHash: message.contentHash,
      sentHash: message.sentHash,
      at,
    },
    "MESSAGE_TAKEN",
  );

/** What is on record of one part of a message. */
export type AppliedPart = Hashes & { readonly at: Instant | undefined };

/** What the message said of which a part was applied, by its hashes, and when; undefined of one that never was. */
export async function findMessagePart(
  db: Database,
  message: Message,
  part: number,
): Promise<AppliedPart | undefined> {
  const item = await getItem(db, db.ledger, ledgerKeys.messagePart(message.institution, message.key, part));
  if (item === undefined) return undefined;
  const stored = StoredPart.parse(item);
  return { ...toHashes(stored), at: stored.at };
}
