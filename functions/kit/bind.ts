import * as z from "zod/mini";
import { holdsIdNumber } from "../../shared/domain/check-characters.ts";
import { type Failure, type Fault, failure } from "../../shared/domain/failures.ts";
import { MessageKey } from "../../shared/domain/messages/message-key.ts";
import { err, type Result } from "../../shared/domain/result.ts";
import type { Caller, Role } from "../../shared/http/caller.ts";
import { canonicalJson } from "../../shared/http/canonical-json.ts";
import { FOR_FAULTS, toFaults } from "../../shared/http/schema-faults.ts";
import type { Message } from "../../shared/store/messages/message-store.ts";
import type { HashContent } from "./hash-content.ts";
import type { OperationContract } from "./operation.ts";

/** A call as the gateway hands it over, before any schema saw it; who calls is not asked. */
export interface OpenRawCall {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
  readonly requestId: string;
}

export interface RawCall extends OpenRawCall {
  readonly caller: Caller;
  /** Settles to why the caller's institution is not served, if it is not: a change waits for it before it commits. */
  readonly institutionCheck: Promise<Failure | undefined>;
  /** Aborted when the request's time was over and has been answered so. */
  readonly signal: AbortSignal;
  readonly idempotencyKey: string | undefined;
  readonly hashContent: HashContent;
}

type Schema = z.core.$ZodType;

/** A definition whose schemas are known to the compiler. */
type Typed<Params extends Schema, Query extends Schema, Body extends Schema> = OperationContract & {
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
};

type ForRoles = { readonly roles: readonly [Role, ...Role[]] };
type ForAll = { readonly roles: readonly [] };

/** A call whose every part was parsed by the operation's schemas. */
export interface OpenCall<Params, Query, Body> {
  readonly definition: OperationContract;
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  readonly requestId: string;
}

export interface Call<Params, Query, Body>
  extends OpenCall<Params, Query, Body>,
    Pick<RawCall, "caller" | "institutionCheck" | "signal"> {}

export interface MessageCall<Params, Query, Body> extends Call<Params, Query, Body> {
  readonly message: Message;
}

/** The call of one operation of the list. */
export type CallOf<D extends OperationContract> = Call<
  z.output<D["params"]>,
  z.output<D["query"]>,
  z.output<D["body"]>
>;
export type MessageCallOf<D extends OperationContract> = CallOf<D> & { readonly message: Message };

/** For the audit trail: id of what an answer is about, where the path does not name it, why and what was asked. */
export interface AuditAnnotation {
  readonly subject?: string | undefined;
  readonly reason?: string | undefined;
  readonly asked?: readonly string[] | undefined;
}

/** What an operation answers: a value for its schema, a text that was fixed in a transaction, a file, or a page to read. */
export type Answer =
  | {
      readonly kind: "VALUE";
      readonly value: unknown;
      readonly seen?: AuditAnnotation | undefined;
    }
  | { readonly kind: "PAGE"; readonly html: string; readonly contentSecurityPolicy: string }
  | {
      readonly kind: "FILE";
      readonly mediaType: "text/csv";
      readonly fileName: string;
      readonly text: string;
      readonly headers: Readonly<Record<string, string>>;
      readonly seen?: AuditAnnotation | undefined;
    }
  | { readonly kind: "TEXT"; readonly status: number; readonly text: string; readonly replayed: boolean };

export type Outcome = Promise<Result<Answer, Failure>>;

/** An operation with its code, as a handler routes to it. */
export type BoundOperation =
  | {
      readonly access: "ROLES";
      readonly definition: OperationContract;
      readonly run: (raw: RawCall) => Outcome;
    }
  | {
      readonly access: "OPEN";
      readonly definition: OperationContract;
      readonly run: (raw: OpenRawCall) => Outcome;
    };

export const answerWith = (value: unknown, seen?: AuditAnnotation): Result<Answer, never> => ({
  ok: true,
  value: { kind: "VALUE", value, seen },
});

function parseCall<P extends Schema, Q extends Schema, B extends Schema>(
  definition: Typed<P, Q, B>,
  raw: OpenRawCall,
): Result<OpenCall<z.output<P>, z.output<Q>, z.output<B>>, readonly Fault[]> {
  const params = z.safeParse(definition.params, raw.params, FOR_FAULTS);
  const query = z.safeParse(definition.query, raw.query, FOR_FAULTS);
  const body = z.safeParse(definition.body, raw.body, FOR_FAULTS);
  if (params.success && query.success && body.success) {
    const { requestId } = raw;
    return {
      ok: true,
      value: { definition, requestId, params: params.data, query: query.data, body: body.data },
    };
  }
  return err([
    ...toFaults("#path", params.error?.issues ?? []),
    ...toFaults("#query", query.error?.issues ?? []),
    ...toFaults("", body.error?.issues ?? []),
  ]);
}

/** Binds an operation that anybody may call: it asks for no token. */
export const bindOpen = <P extends Schema, Q extends Schema, B extends Schema>(
  definition: Typed<P, Q, B> & ForAll,
  run: (call: OpenCall<z.output<P>, z.output<Q>, z.output<B>>) => Outcome,
): BoundOperation => ({
  access: "OPEN",
  definition,
  run: async (raw) => {
    const call = parseCall(definition, raw);
    return call.ok ? run(call.value) : err(failure("INPUT_INVALID", call.failure));
  },
});

/** Binds an operation that changes nothing, or whose repetition changes nothing more. */
export const bind = <P extends Schema, Q extends Schema, B extends Schema>(
  definition: Typed<P, Q, B> & ForRoles,
  run: (call: Call<z.output<P>, z.output<Q>, z.output<B>>) => Outcome,
): BoundOperation => ({
  access: "ROLES",
  definition,
  run: async (raw) => {
    const call = parseCall(definition, raw);
    if (!call.ok) return err(failure("INPUT_INVALID", call.failure));
    const { caller, institutionCheck, signal } = raw;
    return run({ ...call.value, caller, institutionCheck, signal });
  },
});

const KEY_POINTER = "#header/Idempotency-Key";

/** A body that is left out says no more than one without fields. */
const NOTHING_SAID = {};

/** What a message says, as it was understood and as it was sent. */
const hashesOf = (
  { definition, params, body }: OpenCall<unknown, unknown, unknown>,
  { hashContent, ...sent }: RawCall,
): Pick<Message, "contentHash" | "sentHash"> => ({
  contentHash: hashContent(canonicalJson([definition.id, params, body ?? NOTHING_SAID])),
  sentHash: hashContent(canonicalJson([definition.id, sent.params, sent.body ?? null])),
});

/** What is wrong with a key that was given: that it has somebody's number in it, or that it is none. */
function findKeyFault(key: string | undefined): string | undefined {
  if (key === undefined || z.safeParse(MessageKey, key).success) return undefined;
  return holdsIdNumber(key) ? "LOOKS_LIKE_ID_NUMBER" : "IDEMPOTENCY_KEY_INVALID";
}

/** Binds a message: an operation that takes effect once for each `Idempotency-Key`. */
export const bindMessage = <P extends Schema, Q extends Schema, B extends Schema>(
  definition: Typed<P, Q, B> & ForRoles,
  run: (call: MessageCall<z.output<P>, z.output<Q>, z.output<B>>) => Outcome,
): BoundOperation => ({
  access: "ROLES",
  definition,
  run: async (raw) => {
    const call = parseCall(definition, raw);
    const faults = call.ok ? [] : call.failure;
    const key = raw.idempotencyKey;
    const keyFault = findKeyFault(key);
    if (key === undefined || keyFault !== undefined) {
      const code = key === undefined ? "IDEMPOTENCY_KEY_REQUIRED" : "IDEMPOTENCY_KEY_INVALID";
      return err(failure(code, [{ pointer: KEY_POINTER, code: keyFault ?? code }, ...faults]));
    }
    if (!call.ok) return err(failure("INPUT_INVALID", faults));
    const { caller, institutionCheck, signal } = raw;
    const { institution } = caller;
    const message = { institution, key, operation: definition.id, ...hashesOf(call.value, raw) };
    return run({ ...call.value, caller, institutionCheck, signal, message });
  },
});
