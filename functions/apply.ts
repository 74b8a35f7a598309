import type { Instant } from "../shared/domain/dates.ts";
import { type Failure, failure } from "../shared/domain/failures.ts";
import { type Result, refuse } from "../shared/domain/result.ts";
import type { Logger } from "../shared/observability/logger.ts";
import type { Database } from "../shared/store/database.ts";
import {
  findMessage,
  findMessagePart,
  type Message,
  recordMessage,
  recordMessagePart,
} from "../shared/store/message-store.ts";
import { commitTransaction, type Write } from "../shared/store/transaction.ts";
import type { Answer, Call, MessageCall, Outcome } from "./bind.ts";
import { renderAnswer } from "./render-answer.ts";

/** What an operation decided: the answer, and the writes that make it true. */
export interface Effect {
  /** Id of what was changed. */
  readonly subject: string;
  readonly value: unknown;
  readonly writes: readonly Write[];
}

/** Loads and decides; called again, with the number of the attempt, when somebody else wrote in between. */
export type Decide = (attempt: number) => Promise<Result<Effect, Failure>>;

export interface ApplyServices {
  readonly db: Database;
  readonly logger: Logger;
  readonly now: () => Instant;
}

const MAX_ATTEMPTS = 12;
const PAUSE_MS = 8;
const MAX_PAUSE_MS = 400;

/** Waits longer after each attempt, by chance, so that those who collided do not meet again. */
function pause(attempt: number): Promise<void> {
  const ceiling = Math.min(MAX_PAUSE_MS, PAUSE_MS * 2 ** attempt);
  return new Promise((resolve) => setTimeout(resolve, Math.random() * ceiling));
}

/** The first answer to a message that was applied before; undefined while it was not. */
export async function findEarlierAnswer(
  db: Database,
  message: Message,
): Promise<Result<Answer, Failure> | undefined> {
  const applied = await findMessage(db, message.institution, message.key);
  if (applied === undefined) return undefined;
  if (applied.contentHash !== message.contentHash) return refuse(failure("IDEMPOTENCY_KEY_REUSED"));
  return { ok: true, value: { kind: "TEXT", status: applied.status, text: applied.text, replayed: true } };
}

/**
 * Applies a message at most once, ever: its record is part of the transaction of its effect. A repeat gets the
 * first answer byte for byte. The record is looked up only when something stands in the way, because the
 * transaction's own condition tells when the message was applied before.
 */
export async function applyMessage(
  services: ApplyServices,
  call: MessageCall<unknown, unknown, unknown>,
  decide: Decide,
): Outcome {
  const { db } = services;
  const { message, definition, requestId } = call;
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const decided = await decide(attempt);
    if (!decided.ok) return (await findEarlierAnswer(db, message)) ?? decided;
    const { subject, value, writes } = decided.value;
    const text = renderAnswer(definition, value);
    const { status } = definition.answer;
    const record = recordMessage(
      db,
      { ...message, status, text },
      { role: call.caller.role, subject, requestId, at: services.now() },
    );
    const commit = await commitTransaction(db, [record, ...writes]);
    if (commit.kind === "COMMITTED")
      return { ok: true, value: { kind: "TEXT", status, text, replayed: false } };
    if (commit.kind === "REFUSED") return refuse(commit.failure);
    if (commit.kind === "MESSAGE_TAKEN") {
      const earlier = await findEarlierAnswer(db, message);
      if (earlier !== undefined) return earlier;
    }
    services.logger.log("COMMIT_RETRIED", { operation: definition.id, requestId, attempt });
    await pause(attempt);
  }
  return refuse(failure("BUSY"));
}

/**
 * Applies one part of a message that is too large for one transaction, once for each part of each key. Returns
 * why it could not be applied; a part that was applied before is passed over.
 */
export async function applyMessagePart(
  services: ApplyServices,
  call: MessageCall<unknown, unknown, unknown>,
  part: number,
  writes: readonly Write[],
): Promise<Failure | undefined> {
  const record = recordMessagePart(services.db, call.message, part);
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const commit = await commitTransaction(services.db, [record, ...writes]);
    if (commit.kind === "COMMITTED") return undefined;
    if (commit.kind === "REFUSED") return commit.failure;
    if (commit.kind === "MESSAGE_TAKEN") {
      const contentHash = await findMessagePart(services.db, call.message, part);
      return contentHash === call.message.contentHash ? undefined : failure("IDEMPOTENCY_KEY_REUSED");
    }
    await pause(attempt);
  }
  return failure("BUSY");
}

/** Applies a change whose repetition changes nothing more (PUT, PATCH), again where somebody wrote in between. */
export async function applyChange(
  services: ApplyServices,
  call: Call<unknown, unknown, unknown>,
  decide: Decide,
): Outcome {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const decided = await decide(attempt);
    if (!decided.ok) return decided;
    const commit = await commitTransaction(services.db, decided.value.writes);
    if (commit.kind === "COMMITTED")
      return { ok: true, value: { kind: "VALUE", value: decided.value.value } };
    if (commit.kind === "REFUSED") return refuse(commit.failure);
    services.logger.log("COMMIT_RETRIED", {
      operation: call.definition.id,
      requestId: call.requestId,
      attempt,
    });
    await pause(attempt);
  }
  return refuse(failure("BUSY"));
}
