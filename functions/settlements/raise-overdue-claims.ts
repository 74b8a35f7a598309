import { jobAuditContext } from "../../shared/domain/audit/audit-entry.ts";
import { dayOf } from "../../shared/domain/dates.ts";
import type { DeferredClaim } from "../../shared/domain/reports/deferred-claim.ts";
import { decideOverdue } from "../../shared/domain/settlements/decide-overdue.ts";
import { nameOfError } from "../../shared/observability/logger.ts";
import { commitChange } from "../../shared/store/audit/audit-store.ts";
import { recordFacts } from "../../shared/store/settlements/record-facts.ts";
import { findVisit } from "../../shared/store/visits/visit-store.ts";
import { retryOnConflict } from "../kit/retry-on-conflict.ts";
import type { Services } from "../kit/services.ts";
import { loadDeferredClaims } from "./load-deferred-claims.ts";

type JobServices = Pick<Services, "db" | "references" | "logger" | "now">;

/** Returns whether it is told of now. */
async function raise(services: JobServices, { visit: listed, dueOn }: DeferredClaim): Promise<boolean> {
  const { db, now } = services;
  const { visitId, hospitalCode } = listed;
  const trail = jobAuditContext("raise-overdue-claims", visitId);
  const done = await retryOnConflict<"DONE">(services, trail, async () => {
    const found = await findVisit(db, hospitalCode, visitId);
    const facts = found && decideOverdue(found.visit, dueOn, now());
    if (facts === undefined) return "DONE";
    const entry = { ...trail, subject: visitId, at: now() };
    const commit = await commitChange(db, entry, recordFacts(db, facts));
    return commit.kind === "COMMITTED" ? "DONE" : "AGAIN";
  });
  return done.ok;
}

/** One claim that fails holds up no other. */
const raiseOrLog = (services: JobServices, claim: DeferredClaim): Promise<boolean> =>
  raise(services, claim).catch((error: unknown) => {
    const subject = claim.visit.visitId;
    services.logger.log("JOB_FAILED", { job: "raise-overdue-claims", subject, error: nameOfError(error) });
    return false;
  });

/**
 * Once a day: every claim whose decision is past its legal time is told of, once for each such day of maturity.
 * Throws where some are left, by a fault or because time is up: called again, it goes on with those.
 */
export async function raiseOverdueClaims(services: JobServices, isTimeUp: () => boolean): Promise<void> {
  const claims = await loadDeferredClaims(services, dayOf(services.now()));
  const overdue = claims.filter(({ isOverdue, visit, dueOn }) => isOverdue && visit.overdueSince !== dueOn);
  let count = 0;
  for (const claim of overdue) {
    if (isTimeUp()) break;
    if (await raiseOrLog(services, claim)) count += 1;
  }
  const left = overdue.length - count;
  services.logger.log("OVERDUE_RAISED", { count, left, day: dayOf(services.now()) });
  if (left > 0) throw new Error(`${left} overdue claims were not told of`);
}
