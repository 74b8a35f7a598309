import * as z from "zod/mini";
import type { Instant } from "../domain/dates.ts";
import type { Database } from "./database.ts";
import { ledgerKeys } from "./keys.ts";
import { packText, unpackText } from "./packed.ts";
import { getItem } from "./read.ts";
import { StoredBytes } from "./stored-fields.ts";
import { putNew, type Write } from "./transaction.ts";

/** A message as it arrived: who sent it, under which key, and what it said. */
export interface Message {
  readonly institution: string;
  readonly key: string;
  readonly operation: string;
  /** SHA-256 of the operation, its parameters and its body, as canonical JSON. */
  readonly contentHash: string;
}

/** The record of a message that took effect, kept for ever; also the trail of who changed what. */
export interface AppliedMessage extends Message {
  readonly status: number;
  /** The answer's exact text. */
  readonly text: string;
}

const StoredMessage = z.object({
  operation: z.string(),
  contentHash: z.string(),
  status: z.number(),
  answer: StoredBytes,
});

/** The message under a key, if it took effect. */
export async function findMessage(
  db: Database,
  institution: string,
  key: string,
): Promise<AppliedMessage | undefined> {
  const item = await getItem(db, db.ledger, ledgerKeys.message(institution, key));
  if (item === undefined) return undefined;
  const { operation, contentHash, status, answer } = StoredMessage.parse(item);
  return { institution, key, operation, contentHash, status, text: unpackText(answer) };
}

/** Written in the transaction of the message's effect: a key is applied once, ever. */
export const recordMessage = (
  db: Database,
  message: AppliedMessage,
  trail: {
    readonly role: string;
    readonly subject: string;
    readonly requestId: string;
    readonly at: Instant;
  },
): Write =>
  putNew(
    db.ledger,
    {
      ...ledgerKeys.message(message.institution, message.key),
      operation: message.operation,
      contentHash: message.contentHash,
      status: message.status,
      answer: packText(message.text),
      ...trail,
    },
    "MESSAGE_TAKEN",
  );

const StoredPart = z.object({ contentHash: z.string() });

/** Marks one part of a large message as applied, in the part's own transaction. */
export const recordMessagePart = (db: Database, message: Message, part: number): Write =>
  putNew(
    db.ledger,
    { ...ledgerKeys.messagePart(message.institution, message.key, part), contentHash: message.contentHash },
    "MESSAGE_TAKEN",
  );

/** The content hash under which a part was applied. */
export async function findMessagePart(
  db: Database,
  message: Message,
  part: number,
): Promise<string | undefined> {
  const item = await getItem(db, db.ledger, ledgerKeys.messagePart(message.institution, message.key, part));
  return item === undefined ? undefined : StoredPart.parse(item).contentHash;
}
