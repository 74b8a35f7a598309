import type { Instant } from "../../shared/domain/dates.ts";
import { type Failure, failure } from "../../shared/domain/failures.ts";
import { err, ok, type Result } from "../../shared/domain/result.ts";
import { commitChange } from "../../shared/store/audit/audit-store.ts";
import type { Write } from "../../shared/store/kit/transaction.ts";
import {
  findMessagePart,
  recordMessagePart,
  saysTheSame,
} from "../../shared/store/messages/message-store.ts";
import { type ApplyServices, auditContextOf } from "./apply.ts";
import type { MessageCall } from "./bind.ts";
import { retryOnConflict } from "./retry-on-conflict.ts";

/** What one part of a message registers. */
export interface RegistrationPart {
  readonly writes: readonly Write[];
  /** When the part is on record as applied, where what it registered is told by it. */
  readonly at?: Instant;
}

/** `again` is the instant of a part that is on record: then what it registered is planned as far as it is gone. */
type PlanPart = (again: Instant | undefined) => Promise<Result<RegistrationPart, Failure>>;

/** Which part of a message, and what its entry in the trail is about. */
export interface PartOfMessage {
  readonly subject: string;
  readonly part: number;
}

type Outcome = Result<undefined, Failure>;

/**
 * Applies one part of a message that is too large for one transaction, once for each part of each key. Returns why it could
 * not be applied. A part that was applied before is passed over, but for what it registered and is gone: that is written anew.
 */
export async function applyMessagePart(
  services: ApplyServices,
  call: MessageCall<unknown, unknown, unknown>,
  { subject, part }: PartOfMessage,
  plan: PlanPart,
): Promise<Failure | undefined> {
  const db = { ...services.db, signal: call.signal };
  const trail = auditContextOf(call);
  let again: Instant | undefined;
  /** What is on record of the part; `now` where nothing is. */
  const findBefore = async <Now>(now: Now): Promise<Outcome | "AGAIN" | Now> => {
    const applied = again === undefined ? await findMessagePart(db, call.message, part) : undefined;
    if (applied === undefined) return now;
    if (!saysTheSame(applied, call.message)) return err(failure("IDEMPOTENCY_KEY_REUSED"));
    again = applied.at;
    return again === undefined ? ok(undefined) : "AGAIN";
  };
  const done = await retryOnConflict<Outcome>({ ...services, db }, trail, async () => {
    const [planned, notServed] = await Promise.all([plan(again), call.institutionCheck]);
    if (notServed !== undefined) return err(notServed);
    if (!planned.ok) return findBefore(planned);
    const { writes, at } = planned.value;
    if (again !== undefined && writes.length === 0) return ok(undefined);
    const record = again === undefined ? [recordMessagePart(db, call.message, part, at)] : [];
    const entry = { ...trail, subject: `${subject}-part-${part}`, at: services.now() };
    const commit = await commitChange(db, entry, [...record, ...writes]);
    switch (commit.kind) {
      case "COMMITTED":
        return ok(undefined);
      case "REFUSED":
        return err(commit.failure);
      case "MESSAGE_TAKEN":
        return findBefore("AGAIN" as const);
      case "CHANGED":
        return "AGAIN";
    }
  });
  const outcome = done.ok ? done.value : done;
  return outcome.ok ? undefined : outcome.failure;
}
