import { toClaimEvent } from "../../shared/domain/events/service-event.ts";
import type { Failure } from "../../shared/domain/failures.ts";
import { fundPartOf, toRecoveryEntry } from "../../shared/domain/ledger/recovery.ts";
import { checkGuarantee } from "../../shared/domain/ledger/settlement-kind.ts";
import { fen, NO_FEN } from "../../shared/domain/money.ts";
import type { InjuryCase } from "../../shared/domain/registry/injury-case.ts";
import { decideStep } from "../../shared/domain/visit/claim-step.ts";
import { type BlockingCode, blockingCodes, checkVerb, type Visit } from "../../shared/domain/visit/visit.ts";
import { readUnlinkedVisits, readVisitsOfCase } from "../../shared/store/case-visits.ts";
import { recordEvent } from "../../shared/store/event-store.ts";
import { recordEntry } from "../../shared/store/ledger-store.ts";
import { findCase, findCaseOwner } from "../../shared/store/registry-store.ts";
import { commitTransaction, type Write } from "../../shared/store/transaction.ts";
import { findVisit, saveVisit, saveVisitAndDetails } from "../../shared/store/visit-store.ts";
import { attempt } from "../attempt.ts";
import type { Services } from "../services.ts";
import type { SettlementServices } from "../settlement/calculate-settlement.ts";
import { planLink } from "../settlement/link-case.ts";
import { planSettlement } from "../settlement/plan-settlement.ts";
import { toNext } from "../settlement/visit-change.ts";

type JobServices = SettlementServices & Pick<Services, "logger" | "now" | "pickShard">;

type Found = NonNullable<Awaited<ReturnType<typeof findVisit>>>;

const isBlocking = (code: string): code is BlockingCode => blockingCodes.some((each) => each === code);

/** Something stands in the way that the agency can mend: said once, and seen in its list of what hangs. */
function block({ db, now }: JobServices, visit: Visit, { code }: Failure): readonly Write[] {
  if (!isBlocking(code) || visit.blockedBy === code) return [];
  const next = toNext(visit, now(), { blockedBy: code });
  return [saveVisit(db, next), recordEvent(db, toClaimEvent("CLAIM_BLOCKED", next))];
}

/** The fund pays from now on, and lines are priced by the injuries that were recognised. */
function guarantee(
  services: JobServices,
  { visit, details }: Found,
  injuryCase: InjuryCase,
): readonly Write[] {
  const blocked = checkGuarantee(visit, injuryCase);
  if (blocked !== undefined) return block(services, visit, { code: blocked });
  const { db, now } = services;
  const next = toNext(visit, now(), { guarantee: "DIRECT", blockedBy: undefined });
  const injuries = injuryCase.injuries.map(({ diagnosisPrefixes }) => ({ diagnosisPrefixes }));
  return [
    ...saveVisitAndDetails(db, next, { ...details, injuries }),
    recordEvent(db, toClaimEvent("CLAIM_GUARANTEED", next)),
  ];
}

function refresh(
  { db, now }: JobServices,
  { visit, details }: Found,
  injuryCase: InjuryCase,
): readonly Write[] {
  const injuries = injuryCase.injuries.map(({ diagnosisPrefixes }) => ({ diagnosisPrefixes }));
  if (JSON.stringify(injuries) === JSON.stringify(details.injuries)) return [];
  return saveVisitAndDetails(db, toNext(visit, now(), {}), { ...details, injuries });
}

/** What the fund is owed back of a visit grows by what was settled since; or it is owed nothing any more. */
function recover({ db, now }: JobServices, visit: Visit, isBack: boolean): readonly Write[] {
  const [known, due] = [visit.recoverable ?? NO_FEN, isBack ? NO_FEN : (fundPartOf(visit) ?? NO_FEN)];
  const amount = fen(isBack ? known : due - known);
  if (amount === 0) return [];
  const next = toNext(visit, now(), { recoverable: isBack ? undefined : due });
  return [
    saveVisit(db, next),
    recordEntry(db, toRecoveryEntry(next, amount, isBack)),
    ...(isBack ? [] : [recordEvent(db, toClaimEvent("CLAIM_RECOVERY_DUE", next))]),
  ];
}

async function settle(services: JobServices, visit: Visit, shard: number): Promise<readonly Write[]> {
  const { hospitalCode, visitId } = visit;
  const planned = await planSettlement(
    services,
    { hospitalCode, visitId, kind: "FINAL", check: (record) => checkVerb(record.visit, "SETTLE") },
    { shard },
  );
  return planned.ok ? planned.value.writes : block(services, visit, planned.failure);
}

async function takeStep(
  services: JobServices,
  found: Found,
  injuryCase: InjuryCase,
  shard: number,
): Promise<readonly Write[]> {
  const { visit } = found;
  switch (decideStep(visit, injuryCase)) {
    case "GUARANTEE":
      return guarantee(services, found, injuryCase);
    case "SETTLE":
      return settle(services, visit, shard);
    case "RECOVER":
      return recover(services, visit, false);
    case "FORGIVE":
      return recover(services, visit, true);
    case "REFRESH":
      return refresh(services, found, injuryCase);
    case "NONE":
      return [];
  }
}

/** What was forgiven is still to be settled; of a stay settled in part, the fund's part is still to be recovered. */
function mayLeaveMore(visit: Visit, injuryCase: InjuryCase): boolean {
  const step = decideStep(visit, injuryCase);
  return step === "FORGIVE" || (step === "SETTLE" && visit.standing.some(({ kind }) => kind === "INTERIM"));
}

/** Steps of a visit until nothing is left to do; each reads the case anew, which may have changed meanwhile. */
async function bringUpToDate(
  services: JobServices,
  { workerId, caseNo }: Pick<InjuryCase, "workerId" | "caseNo">,
  place: { readonly visitId: string; readonly hospitalCode: string },
): Promise<void> {
  const { db } = services;
  const firstShard = services.pickShard();
  const trail = { operation: "settle-deferred", requestId: place.visitId };
  const done = await attempt<"DONE">(services, trail, async (number) => {
    const [found, injuryCase] = await Promise.all([
      findVisit(db, place.hospitalCode, place.visitId),
      findCase(db, workerId, caseNo),
    ]);
    if (found === undefined || injuryCase === undefined) return "DONE";
    const writes = await takeStep(services, found, injuryCase, firstShard + number);
    if (writes.length === 0) return "DONE";
    const commit = await commitTransaction(db, writes);
    return commit.kind === "COMMITTED" && !mayLeaveMore(found.visit, injuryCase) ? "DONE" : "AGAIN";
  });
  if (!done.ok) throw new Error(`visit ${place.visitId} could not be brought up to date`);
}

/** Visits that were taken in on notice of the very injury that the case is about get their case. */
async function linkWaiting(
  services: JobServices,
  { workerId, caseNo, injuredOn }: InjuryCase,
): Promise<void> {
  const { db } = services;
  for (const waiting of await readUnlinkedVisits(db, workerId)) {
    if (waiting.injuredOn !== injuredOn) continue;
    const trail = { operation: "settle-deferred", requestId: waiting.visitId };
    const done = await attempt<"DONE">(services, trail, async () => {
      const [found, injuryCase] = await Promise.all([
        findVisit(db, waiting.hospitalCode, waiting.visitId),
        findCase(db, workerId, caseNo),
      ]);
      if (found === undefined || injuryCase === undefined) return "DONE";
      const linked = planLink(services, found, injuryCase);
      if (!linked.ok) return "DONE";
      const commit = await commitTransaction(db, linked.value.writes);
      return commit.kind === "COMMITTED" ? "DONE" : "AGAIN";
    });
    if (!done.ok) throw new Error(`visit ${waiting.visitId} could not be brought up to date`);
  }
}

/** In the order in which the workers left, or came where there is no leaving. */
const byEnd = (a: Visit, b: Visit): number =>
  (a.dischargedAt ?? a.admittedAt) < (b.dischargedAt ?? b.admittedAt) ? -1 : 1;

/**
 * Brings every visit of a case to where the case, as it stands now, has it (先治疗、后付费): what waited is settled
 * in the order of discharge or released, open visits become DIRECT. It reads the case, not the event that it was
 * started by, so that repeated, late and reordered events do no harm, and it can stop at any visit: whoever
 * starts it again goes on. Returns false where `isTimeUp` said so before the last visit.
 */
export async function settleDeferred(
  services: JobServices,
  caseNo: string,
  isTimeUp: () => boolean,
): Promise<boolean> {
  const { db } = services;
  const workerId = await findCaseOwner(db, caseNo);
  const injuryCase = workerId === undefined ? undefined : await findCase(db, workerId, caseNo);
  if (injuryCase === undefined) return true;
  await linkWaiting(services, injuryCase);
  const visits = await readVisitsOfCase(db, caseNo);
  for (const visit of visits.sort(byEnd)) {
    if (decideStep(visit, injuryCase) === "NONE") continue;
    if (isTimeUp()) return false;
    await bringUpToDate(services, injuryCase, visit);
  }
  return true;
}
