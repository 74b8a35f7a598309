import type { AuditContext } from "../../shared/domain/audit/audit-entry.ts";
import type { Instant } from "../../shared/domain/dates.ts";
import { type Failure, failure } from "../../shared/domain/failures.ts";
import { err, type Result } from "../../shared/domain/result.ts";
import type { Logger } from "../../shared/observability/logger.ts";
import { commitChange } from "../../shared/store/audit/audit-store.ts";
import type { Database } from "../../shared/store/kit/database.ts";
import type { Write } from "../../shared/store/kit/transaction.ts";
import {
  type AppliedMessage,
  findMessage,
  type Message,
  recordMessage,
  saysTheSame,
} from "../../shared/store/messages/message-store.ts";
import type { Answer, Call, MessageCall, Outcome } from "./bind.ts";
import { renderAnswer } from "./render-answer.ts";
import { retryOnConflict } from "./retry-on-conflict.ts";

/** What an operation decided: the answer, and the writes that make it true. */
export interface Decision {
  /** Id of what was changed. */
  readonly subject: string;
  readonly value: unknown;
  readonly writes: readonly Write[];
  /** Ids of what was changed besides. */
  readonly alsoChanged?: readonly string[] | undefined;
  /** What only the operation knows and taking it back will need. */
  readonly undo?: unknown;
  /** When its message is on record as applied, where what it registered is told by it; now where it is left out. */
  readonly at?: Instant;
  /** Why it was done, in the words of the one who did it; they go on record. */
  readonly reason?: string | undefined;
}

/**
 * Loads and decides; called again, with the number of the attempt, when somebody else wrote in between. `before` is the
 * record of a message that registered what is no longer there.
 */
export type Decide = (attempt: number, before?: AppliedMessage) => Promise<Result<Decision, Failure>>;

/** Whether what a message registered, or something that was stated after it, is still there. */
export type IsThere = (applied: AppliedMessage) => Promise<boolean>;

export const auditContextOf = ({
  definition,
  requestId,
  caller,
}: Call<unknown, unknown, unknown>): AuditContext => ({
  ...caller,
  operation: definition.id,
  requestId,
});

export interface ApplyServices {
  readonly db: Database;
  readonly logger: Logger;
  readonly now: () => Instant;
}

const toReplay = ({ status, text }: AppliedMessage): Result<Answer, Failure> => ({
  ok: true,
  value: { kind: "TEXT", status, text, replayed: true },
});

/** What is on record of a message: its answer, or that what it registered is gone; undefined where there is nothing. */
async function findEarlier(
  db: Database,
  message: Message,
  isThere: IsThere,
): Promise<{ readonly answer: Result<Answer, Failure> } | { readonly gone: AppliedMessage } | undefined> {
  const applied = await findMessage(db, message.institution, message.key);
  if (applied === undefined) return undefined;
  if (applied.kind === "BARRED") return { answer: err(failure("MESSAGE_CANCELLED")) };
  if (!saysTheSame(applied, message)) return { answer: err(failure("IDEMPOTENCY_KEY_REUSED")) };
  return (await isThere(applied)) ? { answer: toReplay(applied) } : { gone: applied };
}

const ALWAYS: IsThere = async () => true;

/** The first answer to a message that was applied before; undefined while it was not, or where it is to be applied anew. */
export async function findEarlierAnswer(
  db: Database,
  message: Message,
  isThere = ALWAYS,
): Promise<Result<Answer, Failure> | undefined> {
  const earlier = await findEarlier(db, message, isThere);
  return earlier !== undefined && "answer" in earlier ? earlier.answer : undefined;
}

/**
 * Applies a message at most once, ever: its record is part of the transaction of its effect. A repeat gets the
 * first answer byte for byte. The record is looked up only when something stands in the way, because the
 * transaction's own condition tells when the message was applied before.
 */
export const applyMessage = (
  services: ApplyServices,
  call: MessageCall<unknown, unknown, unknown>,
  decide: Decide,
): Outcome => applyRegistration(services, call, ALWAYS, decide);

/**
 * The same for a message that registers something in the Registry, which can be lost while the Ledger has the message's
 * record: it is answered from its record only while what it registered is there. Where that is gone it takes effect again,
 * with the first answer.
 */
export async function applyRegistration(
  services: ApplyServices,
  call: MessageCall<unknown, unknown, unknown>,
  isThere: IsThere,
  decide: Decide,
): Outcome {
  const db = { ...services.db, signal: call.signal };
  const { message, definition, requestId } = call;
  const trail = auditContextOf(call);
  let before: AppliedMessage | undefined;
  /** What was answered before; otherwise what is refused now, or that it is to be decided again. */
  const answerBefore = async <Now>(now: Now): Promise<Result<Answer, Failure> | "AGAIN" | Now> => {
    const earlier = await findEarlier(db, message, isThere);
    if (earlier === undefined) return now;
    if ("answer" in earlier) return earlier.answer;
    if (before !== undefined) return now;
    before = earlier.gone;
    return "AGAIN";
  };
  const done = await retryOnConflict<Result<Answer, Failure>>({ ...services, db }, trail, async (number) => {
    const [decided, notServed] = await Promise.all([decide(number, before), call.institutionCheck]);
    if (notServed !== undefined) return err(notServed);
    if (!decided.ok) return answerBefore(decided);
    const { subject, value, writes, undo, reason, alsoChanged, at: registeredAt } = decided.value;
    const text = before?.text ?? renderAnswer(definition, value);
    const { status } = definition.answer;
    // Written by an attempt whose answer was lost.
    if (before !== undefined && writes.length === 0) return toReplay(before);
    const at = services.now();
    const applied = { ...message, status, text, subject, undo, at: registeredAt ?? at };
    const record = recordMessage(db, applied, { role: call.caller.role, requestId });
    // What is on record stays as it was.
    const all = before === undefined ? [...record, ...writes] : writes;
    const commit = await commitChange(db, { ...trail, subject, at, reason, seen: alsoChanged }, all);
    switch (commit.kind) {
      case "COMMITTED":
        return { ok: true, value: { kind: "TEXT", status, text, replayed: before !== undefined } };
      case "REFUSED":
        return err(commit.failure);
      case "MESSAGE_TAKEN":
        return answerBefore("AGAIN" as const);
      case "CHANGED":
        return "AGAIN";
    }
  });
  return done.ok ? done.value : done;
}

/** Applies a change whose repetition changes nothing more (PUT, PATCH), again where somebody wrote in between. */
export async function applyChange(
  services: ApplyServices,
  call: Call<unknown, unknown, unknown>,
  decide: Decide,
): Outcome {
  const db = { ...services.db, signal: call.signal };
  const trail = auditContextOf(call);
  const done = await retryOnConflict<Result<Answer, Failure>>({ ...services, db }, trail, async (number) => {
    const [decided, notServed] = await Promise.all([decide(number), call.institutionCheck]);
    if (notServed !== undefined) return err(notServed);
    if (!decided.ok) return decided;
    const { subject, writes } = decided.value;
    const commit = await commitChange(db, { ...trail, subject, at: services.now() }, writes);
    if (commit.kind === "COMMITTED")
      return { ok: true, value: { kind: "VALUE", value: decided.value.value } };
    return commit.kind === "REFUSED" ? err(commit.failure) : "AGAIN";
  });
  return done.ok ? done.value : done;
}
