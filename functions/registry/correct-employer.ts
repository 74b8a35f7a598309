import { chunksOf } from "../../shared/chunks.ts";
import { toCaseEvent } from "../../shared/domain/events/service-event.ts";
import { failure } from "../../shared/domain/failures.ts";
import { type InjuryCase, toNextCase } from "../../shared/domain/registry/injury-case.ts";
import { err, ok } from "../../shared/domain/result.ts";
import { moveToEmployer } from "../../shared/domain/settlements/employer-move.ts";
import { followsEmployer } from "../../shared/domain/visits/employer-change.ts";
import type { Visit } from "../../shared/domain/visits/visit.ts";
import { commitChange } from "../../shared/store/audit/audit-store.ts";
import { recordEvent } from "../../shared/store/events/event-store.ts";
import type { Database } from "../../shared/store/kit/database.ts";
import {
  findCase,
  findCaseOwner,
  findEmployers,
  saveCase,
} from "../../shared/store/registry/registry-store.ts";
import { recordFacts } from "../../shared/store/settlements/record-facts.ts";
import {
  fileCaseOfEmployer,
  findCaseOnRecord,
  findVisits,
  moveEmployer,
  readVisitsOfCase,
  recordCaseStated,
  settleEmployer,
} from "../../shared/store/visits/case-visits.ts";
import { applyMessage, findEarlierAnswer } from "../kit/apply.ts";
import { applyMessagePart } from "../kit/apply-part.ts";
import type { MessageCallOf, Outcome } from "../kit/bind.ts";
import { retryOnConflict } from "../kit/retry-on-conflict.ts";
import type { Services } from "../kit/services.ts";
import type { correctEmployerContract } from "./correct-employer.contract.ts";

type Call = MessageCallOf<typeof correctEmployerContract>;
type Needs = Pick<Services, "db" | "logger" | "now">;

/** A visit takes six writes at most, and a transaction a hundred. */
const VISITS_PER_TRANSACTION = 15;

async function findCaseByNumber(db: Database, caseNo: string): Promise<InjuryCase | undefined> {
  const workerId = await findCaseOwner(db, caseNo);
  return workerId === undefined ? undefined : findCase(db, workerId, caseNo);
}

/** The case is the other employer's from here on, and so is whatever is registered under it. */
async function writeCase({ db, now }: Needs, caseNo: string, employerUscc: string) {
  const known = await findCaseByNumber(db, caseNo);
  if (known === undefined || known.employerUscc === employerUscc) return [];
  // After the case, whose version the change rests on.
  const onRecord = await findCaseOnRecord(db, caseNo);
  const { version: _version, closedAs, statedAt: _statedAt, isRestated: _isRestated, ...stated } = known;
  const next = {
    ...toNextCase(known, { ...stated, employerUscc }, now(), onRecord.stated),
    closedAs,
  };
  return [
    ...saveCase(db, next, known.version),
    recordCaseStated(db, next, onRecord.stated),
    fileCaseOfEmployer(db, next),
    moveEmployer(db, next, onRecord.employerUscc),
    recordEvent(db, toCaseEvent(next)),
  ];
}

/** Whether a visit is still to go over to the employer. */
const isToFollow = (employerUscc: string) => (visit: Visit) =>
  visit.employerUscc !== employerUscc && followsEmployer(visit);

/**
 * Brings some visits over, as they stand by then, and rests on the case being the employer's still: where a later correction
 * came in between, the visits are its own. False where others wrote to them all the while.
 */
async function bringOver(services: Needs, call: Call, visits: readonly Visit[]): Promise<boolean> {
  const { caller, definition, requestId, params, body } = call;
  const { employerUscc, reason } = body;
  const db = { ...services.db, signal: call.signal };
  const trail = { ...caller, operation: definition.id, requestId };
  const done = await retryOnConflict<"DONE">({ ...services, db }, trail, async () => {
    const [found, injuryCase] = await Promise.all([
      findVisits(db, visits),
      findCaseByNumber(db, params.caseNo),
    ]);
    const left = found.filter(isToFollow(employerUscc));
    if (injuryCase?.employerUscc !== employerUscc || left.length === 0) return "DONE";
    const at = services.now();
    const writes = left.flatMap((visit) => {
      const moved = moveToEmployer(visit, employerUscc, at);
      return recordFacts(db, { before: visit, ...moved, restsOn: {} });
    });
    const all = [...writes, settleEmployer(db, injuryCase)];
    const commit = await commitChange(db, { ...trail, subject: params.caseNo, at, reason }, all);
    return commit.kind === "COMMITTED" ? "DONE" : "AGAIN";
  });
  return done.ok;
}

/**
 * Corrects whose employee the worker of a case was. The case comes first, in one transaction, so that nothing more is
 * registered for the wrong employer; then its visits follow, so many in each transaction, but for those of which anything
 * of the fund stands settled, which are named. A message that broke off goes on where it stopped when it is sent again, and takes nothing
 * back that was corrected since.
 */
export const correctEmployer =
  (services: Needs) =>
  async (call: Call): Outcome => {
    const { db } = services;
    const { caseNo } = call.params;
    const { employerUscc, reason } = call.body;
    const [earlier, notServed] = await Promise.all([
      findEarlierAnswer(db, call.message),
      call.institutionCheck,
    ]);
    if (notServed !== undefined) return err(notServed);
    if (earlier !== undefined) return earlier;
    const [injuryCase, [employer]] = await Promise.all([
      findCaseByNumber(db, caseNo),
      findEmployers(db, [employerUscc]),
    ]);
    if (injuryCase === undefined) return err(failure("CASE_NOT_FOUND"));
    const code = "EMPLOYER_UNKNOWN";
    if (employer === undefined) return err(failure(code, [{ pointer: "/employerUscc", code }]));
    const ofCase = { subject: caseNo, part: 0 };
    const failed = await applyMessagePart(services, call, ofCase, async () =>
      ok({ writes: await writeCase(services, caseNo, employerUscc) }),
    );
    if (failed !== undefined) return err(failed);
    const open = (await readVisitsOfCase(db, caseNo)).filter(isToFollow(employerUscc));
    for (const visits of chunksOf(open, VISITS_PER_TRANSACTION))
      if (!(await bringOver(services, call, visits))) return err(failure("BUSY"));
    return applyMessage(services, call, async () => {
      const visits = (await readVisitsOfCase(db, caseNo)).filter(({ status }) => status !== "CANCELLED");
      const idsOf = (isOfEmployer: boolean): string[] =>
        visits
          .filter((visit) => (visit.employerUscc === employerUscc) === isOfEmployer)
          .map(({ visitId }) => visitId)
          .sort();
      const value = { caseNo, employerUscc, visitIds: idsOf(true), settledVisitIds: idsOf(false) };
      return ok({ subject: caseNo, value, writes: [], reason });
    });
  };
