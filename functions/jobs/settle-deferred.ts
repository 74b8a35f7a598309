import { jobTrail } from "../../shared/domain/audit/audit-entry.ts";
import type { InjuryCase } from "../../shared/domain/registry/injury-case.ts";
import { decideStep } from "../../shared/domain/visit/claim-step.ts";
import type { Visit, VisitAndDetails } from "../../shared/domain/visit/visit.ts";
import { commitChange } from "../../shared/store/audit-store.ts";
import { findVisits, readUnlinkedVisits, readVisitsOfCase } from "../../shared/store/case-visits.ts";
import type { VisitKey } from "../../shared/store/keys.ts";
import { type CaseKey, findCase, findCaseOwner, findCases } from "../../shared/store/registry-store.ts";
import type { Write } from "../../shared/store/transaction.ts";
import { findVisit } from "../../shared/store/visit-store.ts";
import { findWorkerAndCases } from "../../shared/store/worker-store.ts";
import { attempt } from "../attempt.ts";
import { planLink } from "../settlement/plan-link.ts";
import type { FollowTask } from "./followed-events.ts";
import { type JobServices, mayLeaveMore, takeStep } from "./take-step.ts";

interface Step {
  readonly writes: readonly Write[] | "CHANGED";
  /** Whether another step may be left to take once this one is. */
  readonly mayLeaveMore: boolean;
}

/** Steps of a visit until nothing is left to do; each reads visit and case anew, which may have changed meanwhile. */
async function takeSteps(
  services: JobServices,
  { visitId, hospitalCode }: Pick<Visit, "visitId" | "hospitalCode">,
  { workerId, caseNo }: CaseKey,
  decide: (found: VisitAndDetails, injuryCase: InjuryCase, attempt: number) => Promise<Step>,
): Promise<void> {
  const { db } = services;
  const trail = jobTrail("settle-deferred", visitId);
  const takeOne = async (number: number): Promise<"DONE" | "MORE" | "AGAIN"> => {
    const [found, injuryCase] = await Promise.all([
      findVisit(db, hospitalCode, visitId),
      findCase(db, workerId, caseNo),
    ]);
    if (found === undefined || injuryCase === undefined) return "DONE";
    const step = await decide(found, injuryCase, number);
    const { writes } = step;
    if (writes === "CHANGED") return "AGAIN";
    if (writes.length === 0) return "DONE";
    const commit = await commitChange(db, { ...trail, subject: visitId, at: services.now() }, writes);
    if (commit.kind !== "COMMITTED") return "AGAIN";
    return step.mayLeaveMore ? "MORE" : "DONE";
  };
  for (let isLeft = true; isLeft; ) {
    const taken = await attempt(services, trail, takeOne);
    if (!taken.ok) throw new Error(`visit ${visitId} could not be brought up to date`);
    isLeft = taken.value === "MORE";
  }
}

function bringUpToDate(services: JobServices, visit: Visit, caseKey: CaseKey): Promise<void> {
  const firstShard = services.pickShard();
  return takeSteps(services, visit, caseKey, async (found, injuryCase, number) => ({
    writes: await takeStep(services, found, injuryCase, firstShard + number),
    mayLeaveMore: mayLeaveMore(found.visit, injuryCase),
  }));
}

/** A visit that was taken in on notice of the very injury that a case is about gets its case. */
function link(services: JobServices, visit: Visit, caseKey: CaseKey): Promise<void> {
  return takeSteps(services, visit, caseKey, async (found, injuryCase) => {
    const linked = planLink(services, found, injuryCase);
    return { writes: linked.ok ? linked.value.writes : [], mayLeaveMore: false };
  });
}

/** In the order in which the workers left, or came where there is no leaving. */
const byEnd = (a: Visit, b: Visit): number =>
  (a.dischargedAt ?? a.admittedAt) < (b.dischargedAt ?? b.admittedAt) ? -1 : 1;

/** The worker's case of a visit's injury; of several on one day, that of the employer which gave notice. */
function matchingCase(cases: readonly InjuryCase[], visit: Visit): InjuryCase | undefined {
  const matching = cases.filter(({ injuredOn }) => injuredOn === visit.injuredOn);
  return matching.find(({ employerUscc }) => employerUscc === visit.employerUscc) ?? matching[0];
}

/** What waited is settled in the order of discharge or released, open visits become DIRECT. */
async function followCase(services: JobServices, caseNo: string, isTimeUp: () => boolean): Promise<boolean> {
  const { db } = services;
  const workerId = await findCaseOwner(db, caseNo);
  const injuryCase = workerId === undefined ? undefined : await findCase(db, workerId, caseNo);
  if (injuryCase === undefined) return true;
  const waiting = await readUnlinkedVisits(db, injuryCase.workerId);
  const { cases } = waiting.length === 0 ? { cases: [] } : await findWorkerAndCases(db, injuryCase.workerId);
  for (const visit of waiting) {
    if (matchingCase(cases, visit)?.caseNo !== caseNo) continue;
    if (isTimeUp()) return false;
    await link(services, visit, injuryCase);
  }
  const visits = await readVisitsOfCase(db, caseNo);
  for (const visit of visits.sort(byEnd)) {
    if (decideStep(visit, injuryCase) === "NONE") continue;
    if (isTimeUp()) return false;
    await bringUpToDate(services, visit, injuryCase);
  }
  return true;
}

const isOfVisit = ({ type }: FollowTask): boolean => type !== "CASE_CHANGED";

const visitOf = ({ subject: visitId, hospitalCode }: FollowTask): VisitKey => ({ visitId, hospitalCode });

/**
 * What is left to do of tasks: most visits are where their case has them, and two reads tell so of all of them
 * together.
 */
export async function findOpenTasks(
  { db }: Pick<JobServices, "db">,
  tasks: readonly FollowTask[],
): Promise<readonly FollowTask[]> {
  const visits = await findVisits(db, tasks.filter(isOfVisit).map(visitOf));
  const ofCases = visits.flatMap(({ workerId, caseNo }) =>
    caseNo === undefined ? [] : [{ workerId, caseNo }],
  );
  const cases = new Map((await findCases(db, ofCases)).map((each) => [each.caseNo, each]));
  const inPlace = visits.filter(({ caseNo, ...visit }) => {
    const injuryCase = cases.get(caseNo ?? "");
    return injuryCase !== undefined && decideStep({ ...visit, caseNo }, injuryCase) === "NONE";
  });
  const done = new Set(inPlace.map(({ visitId }) => visitId));
  return tasks.filter((task) => !isOfVisit(task) || !done.has(task.subject));
}

/** Brings one visit to where its case has it, which may have changed at the moment of the visit's own change. */
async function followVisit(services: JobServices, key: VisitKey): Promise<void> {
  const [visit] = await findVisits(services.db, [key]);
  if (visit === undefined) return;
  const { caseNo, workerId } = visit;
  if (caseNo !== undefined) {
    const injuryCase = await findCase(services.db, workerId, caseNo);
    if (injuryCase === undefined || decideStep(visit, injuryCase) === "NONE") return;
    return bringUpToDate(services, visit, injuryCase);
  }
  const { cases } = await findWorkerAndCases(services.db, workerId);
  const injuryCase = matchingCase(cases, visit);
  // The link is an event of its own, which is followed in turn.
  if (injuryCase !== undefined) await link(services, visit, injuryCase);
}

/**
 * Brings the visit that something happened to, or every visit of the case that was stated anew, to where the case,
 * as it stands now, has it (先治疗、后付费). It reads the case, not the event that it was started by, so that
 * repeated, late and reordered events do no harm, and it can stop at any visit: whoever starts it again goes on.
 * Returns false where `isTimeUp` said so before the last visit.
 */
export async function follow(
  services: JobServices,
  task: FollowTask,
  isTimeUp: () => boolean,
): Promise<boolean> {
  if (!isOfVisit(task)) return followCase(services, task.subject, isTimeUp);
  await followVisit(services, visitOf(task));
  return true;
}
