import type { AuditTrail } from "../shared/domain/audit/audit-entry.ts";
import type { Instant } from "../shared/domain/dates.ts";
import { type Failure, failure } from "../shared/domain/failures.ts";
import { type Result, refuse, succeed } from "../shared/domain/result.ts";
import type { Logger } from "../shared/observability/logger.ts";
import { commitChange } from "../shared/store/audit-store.ts";
import type { Database } from "../shared/store/database.ts";
import {
  findMessage,
  findMessagePart,
  type Message,
  recordMessage,
  recordMessagePart,
} from "../shared/store/message-store.ts";
import type { Write } from "../shared/store/transaction.ts";
import { attempt } from "./attempt.ts";
import type { Answer, Call, MessageCall, Outcome } from "./bind.ts";
import { renderAnswer } from "./render-answer.ts";

/** What an operation decided: the answer, and the writes that make it true. */
export interface Effect {
  /** Id of what was changed. */
  readonly subject: string;
  readonly value: unknown;
  readonly writes: readonly Write[];
  /** What only the operation knows and taking it back will need. */
  readonly undo?: unknown;
}

/** Loads and decides; called again, with the number of the attempt, when somebody else wrote in between. */
export type Decide = (attempt: number) => Promise<Result<Effect, Failure>>;

const trailOf = ({ definition, requestId, caller }: Call<unknown, unknown, unknown>): AuditTrail => ({
  ...caller,
  operation: definition.id,
  requestId,
});

export interface ApplyServices {
  readonly db: Database;
  readonly logger: Logger;
  readonly now: () => Instant;
}

/** The first answer to a message that was applied before; undefined while it was not. */
export async function findEarlierAnswer(
  db: Database,
  message: Message,
): Promise<Result<Answer, Failure> | undefined> {
  const applied = await findMessage(db, message.institution, message.key);
  if (applied === undefined) return undefined;
  if (applied.kind === "BARRED") return refuse(failure("MESSAGE_CANCELLED"));
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
  const db = { ...services.db, timeOver: call.timeOver };
  const { message, definition, requestId } = call;
  const trail = trailOf(call);
  const done = await attempt<Result<Answer, Failure>>({ ...services, db }, trail, async (number) => {
    const [decided, notServed] = await Promise.all([decide(number), call.institutionCheck]);
    if (notServed !== undefined) return refuse(notServed);
    if (!decided.ok) return (await findEarlierAnswer(db, message)) ?? decided;
    const { subject, value, writes, undo } = decided.value;
    const text = renderAnswer(definition, value);
    const { status } = definition.answer;
    const at = services.now();
    const record = recordMessage(
      db,
      { ...message, status, text, subject, undo, at },
      { role: call.caller.role, requestId },
    );
    const commit = await commitChange(db, { ...trail, subject, at }, [record, ...writes]);
    switch (commit.kind) {
      case "COMMITTED":
        return { ok: true, value: { kind: "TEXT", status, text, replayed: false } };
      case "REFUSED":
        return refuse(commit.failure);
      case "MESSAGE_TAKEN":
        return (await findEarlierAnswer(db, message)) ?? "AGAIN";
      case "CHANGED":
        return "AGAIN";
    }
  });
  return done.ok ? done.value : done;
}

/**
 * Applies one part of a message that is too large for one transaction, once for each part of each key. Returns
 * why it could not be applied; a part that was applied before is passed over.
 */
export async function applyMessagePart(
  services: ApplyServices,
  call: MessageCall<unknown, unknown, unknown>,
  { subject, part }: { readonly subject: string; readonly part: number },
  writesOf: () => Promise<readonly Write[]>,
): Promise<Failure | undefined> {
  const db = { ...services.db, timeOver: call.timeOver };
  const record = recordMessagePart(db, call.message, part);
  const trail = trailOf(call);
  const done = await attempt<Result<undefined, Failure>>({ ...services, db }, trail, async () => {
    const [writes, notServed] = await Promise.all([writesOf(), call.institutionCheck]);
    if (notServed !== undefined) return refuse(notServed);
    const entry = { ...trail, subject: `${subject}-part-${part}`, at: services.now() };
    const commit = await commitChange(db, entry, [record, ...writes]);
    switch (commit.kind) {
      case "COMMITTED":
        return succeed(undefined);
      case "REFUSED":
        return refuse(commit.failure);
      case "MESSAGE_TAKEN": {
        const contentHash = await findMessagePart(db, call.message, part);
        return contentHash === call.message.contentHash
          ? succeed(undefined)
          : refuse(failure("IDEMPOTENCY_KEY_REUSED"));
      }
      case "CHANGED":
        return "AGAIN";
    }
  });
  const outcome = done.ok ? done.value : done;
  return outcome.ok ? undefined : outcome.failure;
}

/** Applies a change whose repetition changes nothing more (PUT, PATCH), again where somebody wrote in between. */
export async function applyChange(
  services: ApplyServices,
  call: Call<unknown, unknown, unknown>,
  decide: Decide,
): Outcome {
  const db = { ...services.db, timeOver: call.timeOver };
  const trail = trailOf(call);
  const done = await attempt<Result<Answer, Failure>>({ ...services, db }, trail, async (number) => {
    const [decided, notServed] = await Promise.all([decide(number), call.institutionCheck]);
    if (notServed !== undefined) return refuse(notServed);
    if (!decided.ok) return decided;
    const { subject, writes } = decided.value;
    const commit = await commitChange(db, { ...trail, subject, at: services.now() }, writes);
    if (commit.kind === "COMMITTED")
      return { ok: true, value: { kind: "VALUE", value: decided.value.value } };
    return commit.kind === "REFUSED" ? refuse(commit.failure) : "AGAIN";
  });
  return done.ok ? done.value : done;
}
