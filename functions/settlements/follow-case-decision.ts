import type { InjuryCase } from "../../shared/domain/registry/injury-case.ts";
import { decideStep } from "../../shared/domain/settlements/claim-step.ts";
import type { Visit } from "../../shared/domain/visits/visit.ts";
import type { VisitKey } from "../../shared/store/kit/keys.ts";
import { findCase, findCaseOwner, findCases } from "../../shared/store/registry/registry-store.ts";
import { findWorkerAndCases } from "../../shared/store/registry/worker-store.ts";
import {
  findVisits,
  readCasesOfEmployer,
  readUnlinkedVisits,
  readVisitsOfCase,
} from "../../shared/store/visits/case-visits.ts";
import { bringUpToDate, type JobServices, link } from "./bring-up-to-date.ts";
import { followEmployer } from "./follow-employer.ts";
import { type FollowTask, isOfVisit } from "./followed-events.ts";

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

/** Every case of a worker whose benefits were stopped, or no longer are. */
async function followWorker(services: JobServices, workerId: string, isTimeUp: () => boolean) {
  const { cases } = await findWorkerAndCases(services.db, workerId);
  for (const { caseNo } of cases) if (!(await followCase(services, caseNo, isTimeUp))) return false;
  return true;
}

const visitOf = ({ subject: visitId, hospitalCode }: FollowTask): VisitKey => ({ visitId, hospitalCode });

/** A task, and where two reads found them, its visit and the case that has it elsewhere. Both may change before its turn. */
export interface OpenTask {
  readonly task: FollowTask;
  readonly found?: { readonly visit: Visit; readonly injuryCase: InjuryCase };
}

/**
 * What is left to do of tasks: most visits are where their case has them, and two reads tell so of all of them
 * together.
 */
export async function findOpenTasks(
  { db }: Pick<JobServices, "db">,
  tasks: readonly FollowTask[],
): Promise<readonly OpenTask[]> {
  const visits = await findVisits(db, tasks.filter(isOfVisit).map(visitOf));
  const ofCases = visits.flatMap(({ workerId, caseNo }) =>
    caseNo === undefined ? [] : [{ workerId, caseNo }],
  );
  const byId = new Map(visits.map((visit) => [visit.visitId, visit]));
  const cases = new Map((await findCases(db, ofCases)).map((each) => [each.caseNo, each]));
  return tasks.flatMap((task): OpenTask[] => {
    const visit = isOfVisit(task) ? byId.get(task.subject) : undefined;
    const injuryCase = cases.get(visit?.caseNo ?? "");
    if (visit === undefined || injuryCase === undefined) return [{ task }];
    return decideStep(visit, injuryCase) === "NONE" ? [] : [{ task, found: { visit, injuryCase } }];
  });
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
 * Brings the visit that something happened to, or every visit of the case, worker or employer that was stated anew, to
 * where its case, as it stands now, has it (先治疗、后付费). It reads what was stated, not the event, so that repeated, late and reordered events do no harm, and it can stop at any visit: whoever starts it again goes on.
 * Returns false where `isTimeUp` said so before the last visit.
 */
export async function follow(
  services: JobServices,
  { task, found }: OpenTask,
  isTimeUp: () => boolean,
): Promise<boolean> {
  const { type, subject } = task;
  if (type === "CASE_CHANGED") return followCase(services, subject, isTimeUp);
  if (type === "WORKER_CHANGED") return followWorker(services, subject, isTimeUp);
  if (type === "EMPLOYER_CHANGED") {
    // Visits that stayed with another employer when their case was corrected are not among this one's claims.
    for (const caseNo of await readCasesOfEmployer(services.db, subject))
      if (!(await followCase(services, caseNo, isTimeUp))) return false;
    return followEmployer(services, subject, isTimeUp);
  }
  if (found === undefined) await followVisit(services, visitOf(task));
  else await bringUpToDate(services, found.visit, found.injuryCase);
  return true;
}
