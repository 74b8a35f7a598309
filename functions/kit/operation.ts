import * as z from "zod/mini";
import type { FailureCode } from "../../shared/domain/failures.ts";
import { isOfAgency, type Role } from "../../shared/http/caller.ts";

export type Audience = "hospital" | "enterprise" | "finance" | "agency" | "auditor" | "public";
export type Method = "GET" | "POST" | "PUT" | "PATCH";

/**
 * What an operation leaves in the audit trail. `CHANGE`: an entry in the change's own transaction. `NOTHING`: its answer
 * tells of no person. Otherwise a look at a person's record, whose subject is the visit or settlement of the path, what
 * the operation names, or, of a list, the caller's institution and the visits that the answer tells of.
 */
export type AuditRule = "CHANGE" | "NOTHING" | { readonly reads: "VISIT" | "SETTLEMENT" | "NAMED" | "LIST" };

/**
 * One operation as the contract states it. Routes, the local gateway, the OpenAPI document and the tests are
 * made from these; nothing repeats them.
 */
interface OperationTerms {
  /** Also the name of the operation's heading in the contract, and of its file where it has one of its own. */
  readonly id: string;
  readonly method: Method;
  /** With `{name}` for path parameters, as API Gateway spells routes. */
  readonly path: string;
  readonly audience: Audience;
  /** Who may call it; empty for operations that need no token. */
  readonly roles: readonly Role[];
  readonly params: z.core.$ZodType;
  readonly query: z.core.$ZodType;
  readonly body: z.core.$ZodType;
  /** Above it a body is refused before it is parsed; `DEFAULT_BODY_BYTES` where it is left out. */
  readonly maxBodyBytes?: number;
  readonly answer: {
    readonly status: 200 | 201;
    readonly schema: z.core.$ZodType;
    readonly mediaType?: "text/html";
    /** Another form of the same answer, for who asks for it in the query. */
    readonly alternative?: "text/csv";
  };
  readonly audit: AuditRule;
}

/**
 * A message takes `Idempotency-Key`, is applied once and answered with the same bytes for ever. It says whether a
 * cancellation (冲正) takes its effect back, and why not where none does.
 */
type MessageTerms =
  | { readonly message: false }
  | { readonly message: true; readonly undo: "PLANNED" | { readonly none: string } };

export type OperationContract = OperationTerms & MessageTerms;

/**
 * What the contract's pages say of an operation beside its terms. It is the result of a function, and stands beside the
 * contract: what no function calls, the bundler leaves out.
 */
export interface OperationDocs {
  readonly summary: { readonly en: string; readonly zh: string };
  /** Refusals of the operation's own, besides those that any call may meet. */
  readonly failures: readonly FailureCode[];
  /** A request to start from, with codes of the demo district; an answer where it says more than its schema. */
  readonly example?: { readonly request?: unknown; readonly answer?: unknown };
}

/** Whether people of the district's agency may call it. */
export const isForAgency = ({ roles }: Pick<OperationContract, "roles">): boolean => roles.some(isOfAgency);

/** Several times the largest message of an operation without lists of its own. */
const DEFAULT_BODY_BYTES = 65_536;
/** Of operations that take hundreds of lines, rows or items: each up to 4,000 bytes. */
export const LIST_BODY_BYTES = 2_000_000;

/** How many bytes of a body an operation takes; 0 where it takes none. */
export const bodyLimitOf = ({ body, maxBodyBytes = DEFAULT_BODY_BYTES }: OperationContract): number =>
  body === noBody ? 0 : maxBodyBytes;

export const noParams = z.strictObject({});
export const noQuery = z.strictObject({});
export const noBody = z.undefined();
/** A POST that says all it has to say by its path. */
export const emptyBody = z.optional(z.strictObject({}));
