import * as z from "zod/mini";
import type { AuditEntry } from "../../shared/domain/audit/audit-entry.ts";
import { type Failure, failure } from "../../shared/domain/failures.ts";
import { isOwnId, visitOfEvent } from "../../shared/domain/ids.ts";
import { err, type Result } from "../../shared/domain/result.ts";
import type { Caller } from "../../shared/http/caller.ts";
import { failureStatus } from "../../shared/http/failure-status.ts";
import { nameOfError } from "../../shared/observability/logger.ts";
import { recordAccess } from "../../shared/store/audit/audit-store.ts";
import type { Answer } from "./bind.ts";
import { makeOncePerMinute } from "./once-per-minute.ts";
import type { AuditRule, OperationContract } from "./operation.ts";
import type { Services } from "./services.ts";

/** A call and what became of it, before its answer leaves. */
export interface Access {
  readonly definition: OperationContract;
  readonly caller: Caller;
  readonly requestId: string;
  readonly params: unknown;
  readonly outcome: Result<Answer, Failure>;
}

/** Writes down a look at a person's record, or an attempt, and returns what may be answered. */
export type AccessAudit = (access: Access) => Promise<Result<Answer, Failure>>;

/** Ids of ours only: what a caller put into a path may be anything, also somebody's number. */
const toOwnId = (sent: unknown): string | undefined =>
  typeof sent === "string" && isOwnId(sent) ? sent : undefined;
const OwnId = z.pipe(z.unknown(), z.transform(toOwnId));
const PathIds = z.object({
  visitId: z.optional(OwnId),
  settlementId: z.optional(OwnId),
  workerId: z.optional(OwnId),
});
/** Some lists name visits, others the events of visits. */
const Listed = z.object({ visitId: z.optional(z.string()), eventId: z.optional(z.string()) });
const VisitList = z.object({ items: z.array(Listed) });

/** What a path names that is an id of ours. */
function subjectInPath(params: unknown): string | undefined {
  const ids = PathIds.safeParse(params);
  if (!ids.success) return undefined;
  const { settlementId, visitId, workerId } = ids.data;
  return settlementId ?? visitId ?? workerId;
}

/** The visits that a list told of, each once. */
function visitsIn(answer: Answer): readonly string[] {
  const list = VisitList.safeParse(answer.kind === "VALUE" ? answer.value : undefined);
  if (!list.success) return [];
  const visits = list.data.items.map(({ visitId, eventId = "" }) => visitId ?? visitOfEvent(eventId));
  return [...new Set(visits.flatMap((visitId) => visitId ?? []))];
}

type AuditDetails = Pick<AuditEntry, "subject" | "seen" | "reason" | "asked">;

function detailsOfNamed({ institution }: Caller, answer: Answer): AuditDetails {
  const { subject = institution, ...told } = ("seen" in answer ? answer.seen : undefined) ?? {};
  return { ...told, subject };
}

function detailsOf(
  rule: Exclude<AuditRule, string>,
  { caller, params }: Access,
  answer: Answer,
): AuditDetails {
  switch (rule.reads) {
    case "VISIT":
    case "SETTLEMENT":
      return { subject: subjectInPath(params) ?? caller.institution };
    case "NAMED":
      return detailsOfNamed(caller, answer);
    case "LIST":
      return { subject: caller.institution, seen: visitsIn(answer) };
  }
}

/** What a caller may not use, may not know of, or has had too much of. */
const attemptStatuses: ReadonlySet<number> = new Set([403, 404, 429]);

/**
 * Refusals that an institution can meet again and again at no cost: how many of a minute are written down. Whoever goes on
 * asking must not fill the trail.
 */
const mostOfMinute: Readonly<Record<string, number>> = {
  TOO_MANY_LOOKUPS: 1,
  TOO_MANY_RECONCILIATIONS: 1,
  INSTITUTION_UNKNOWN: 1,
  FORBIDDEN: 20,
};

/** An attempt, or a refusal that tells of somebody's record; other refusals are mistakes in the caller's own work. */
const isOnRecord = ({ code, about }: Failure): boolean =>
  about !== undefined || attemptStatuses.has(failureStatus[code]);

/** The entry that a call leaves beside those of its changes; undefined where it leaves none. */
function toEntry(access: Access): (AuditDetails & Pick<AuditEntry, "kind" | "result">) | undefined {
  const { definition, caller, params, outcome } = access;
  if (!outcome.ok) {
    const { code, about } = outcome.failure;
    if (!isOnRecord(outcome.failure)) return undefined;
    const subject = about ?? subjectInPath(params) ?? caller.institution;
    return { kind: "REFUSED", subject, result: code };
  }
  const rule = definition.audit;
  if (typeof rule === "string") return undefined;
  return { kind: "READ", ...detailsOf(rule, access, outcome.value), result: "DONE" };
}

/**
 * One write for each look at a person's record and each attempt, before the answer leaves; none for anything else. A
 * look that cannot be written down is not given: it comes back as BUSY. An attempt got nothing, and is refused all the
 * same; what could not be written down is in the log. Of the refusals of `mostOfMinute` each process writes down the first.
 */
export function makeAccessAudit({ db, now, logger }: Pick<Services, "db" | "now" | "logger">): AccessAudit {
  const isFirstOfMinute = makeOncePerMinute();
  return async (access) => {
    const entry = toEntry(access);
    if (entry === undefined) return access.outcome;
    const { definition, caller, requestId } = access;
    const operation = definition.id;
    const at = now();
    const { result } = entry;
    const most = mostOfMinute[result];
    if (most !== undefined && !isFirstOfMinute(`${caller.institution} ${result}`, at, most))
      return access.outcome;
    try {
      await recordAccess(db, { at, ...caller, operation, requestId, ...entry });
      return access.outcome;
    } catch (error) {
      const { kind } = entry;
      logger.log("AUDIT_NOT_WRITTEN", { operation, requestId, kind, error: nameOfError(error) });
      return access.outcome.ok ? err(failure("BUSY")) : access.outcome;
    }
  };
}
