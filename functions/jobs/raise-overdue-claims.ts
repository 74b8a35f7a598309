import { jobTrail } from "../../shared/domain/audit/audit-entry.ts";
import { dayOf } from "../../shared/domain/dates.ts";
import { toClaimEvent } from "../../shared/domain/events/service-event.ts";
import type { DeferredClaim } from "../../shared/domain/reports/deferred-claim.ts";
import { commitChange } from "../../shared/store/audit-store.ts";
import { recordEvent } from "../../shared/store/event-store.ts";
import { findVisit, saveVisit } from "../../shared/store/visit-store.ts";
import { attempt } from "../attempt.ts";
import { loadDeferredClaims } from "../deferred/load-deferred-claims.ts";
import type { Services } from "../services.ts";
import { toNext } from "../settlement/visit-change.ts";

type JobServices = Pick<Services, "db" | "references" | "logger" | "now">;

async function raise(services: JobServices, { visit: listed, dueOn }: DeferredClaim): Promise<void> {
  const { db, now } = services;
  const { visitId, hospitalCode } = listed;
  const trail = jobTrail("raise-overdue-claims", visitId);
  await attempt<"DONE">(services, trail, async () => {
    const found = await findVisit(db, hospitalCode, visitId);
    if (found === undefined || found.visit.status !== "DEFERRED" || found.visit.overdueSince === dueOn)
      return "DONE";
    const next = toNext(found.visit, now(), { overdueSince: dueOn });
    const commit = await commitChange(db, { ...trail, subject: visitId, at: now() }, [
      saveVisit(db, next),
      recordEvent(db, toClaimEvent("CLAIM_OVERDUE", next)),
    ]);
    return commit.kind === "COMMITTED" ? "DONE" : "AGAIN";
  });
}

/** Once a day: every claim whose decision is past its legal time is told of, once for each such day of maturity. */
export async function raiseOverdueClaims(services: JobServices): Promise<number> {
  const claims = await loadDeferredClaims(services);
  const overdue = claims.filter(({ isOverdue, visit, dueOn }) => isOverdue && visit.overdueSince !== dueOn);
  for (const claim of overdue) await raise(services, claim);
  services.logger.log("OVERDUE_RAISED", { count: overdue.length, day: dayOf(services.now()) });
  return overdue.length;
}
