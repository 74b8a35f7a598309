import type { Instant } from "../dates.ts";

/** What an entry of the audit trail tells of: an effect, a look at a person's record, or an attempt. */
export const auditKinds = ["CHANGE", "READ", "REFUSED"] as const;
export type AuditKind = (typeof auditKinds)[number];

/** Who acted: the role and institution of a caller, or a job. */
export interface AuditActor {
  /** The token's subject; absent of jobs. */
  readonly who?: string | undefined;
  readonly role: string;
  /** Hospital code, uscc, agency code; of a job its own name. */
  readonly institution: string;
}

/** One entry of the audit trail. It carries ids and codes: no name, number or diagnosis. */
export interface AuditEntry extends AuditActor {
  readonly at: Instant;
  readonly kind: AuditKind;
  readonly operation: string;
  /** Id of what was changed or looked at; of a list, the institution whose list it is. */
  readonly subject: string;
  /** Of a list: the records that its answer told of. Of a change: another record that it changed. */
  readonly seen?: readonly string[] | undefined;
  /** Of a search of this trail: its period and each of its filters, as `name=value`. */
  readonly asked?: readonly string[] | undefined;
  /** Why it was done, or somebody looked at unmasked, in the words of the one who did: the only words of a person here. */
  readonly reason?: string | undefined;
  /** `DONE`, or the code of the refusal. */
  readonly result: string;
  readonly requestId: string;
}

/** What is known of an act before it is done: who, by which operation and request. */
export type AuditContext = AuditActor & Pick<AuditEntry, "operation" | "requestId">;

/** A job acts in its own name; what it was started by stands where a caller's request id does. */
export const jobAuditContext = (operation: string, requestId: string): AuditContext => ({
  role: "job",
  institution: operation,
  operation,
  requestId,
});
