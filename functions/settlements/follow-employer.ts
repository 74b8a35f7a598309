import { chunksOf } from "../../shared/chunks.ts";
import { day, instantOf } from "../../shared/domain/dates.ts";
import { EVENT_SETTLING_MS } from "../../shared/domain/events/service-event.ts";
import { type Employer, isInsured } from "../../shared/domain/registry/employer.ts";
import { decisionOf, type InjuryCase } from "../../shared/domain/registry/injury-case.ts";
import { decideStep } from "../../shared/domain/settlements/claim-step.ts";
import type { BlockingCode, Visit } from "../../shared/domain/visits/visit.ts";
import { readVisitsChangedSince } from "../../shared/store/events/event-store.ts";
import type { Database } from "../../shared/store/kit/database.ts";
import { findCases, findEmployers } from "../../shared/store/registry/registry-store.ts";
import { findVisits } from "../../shared/store/visits/case-visits.ts";
import { readClaims } from "../../shared/store/visits/claim-store.ts";
import { bringUpToDate, type JobServices } from "./bring-up-to-date.ts";

/** Claims of which anything is still to be settled: what waits first, then what is under treatment. */
const unsettled = ["DEFERRED", "RELEASED", "DISCHARGED", "OPEN"] as const;
const PAGE = 100;
const ever = { from: day("1900-01-01"), to: day("9999-12-31") };

/** Of several reasons a claim names the first. */
const namedFirst: readonly BlockingCode[] = ["BENEFIT_FROZEN", "THIRD_PARTY_LIABILITY"];

/** Whether the insurance stands in the way of a claim and is not said to, or the other way round. */
function isAffected(visit: Visit, injuryCase: InjuryCase, employer: Employer | undefined): boolean {
  const isCovered = employer !== undefined && isInsured(employer, injuryCase.injuredOn);
  const isSaid = visit.blockedBy === "EMPLOYER_NOT_INSURED";
  return isCovered ? isSaid : !isSaid && !namedFirst.some((code) => code === visit.blockedBy);
}

/** The claims of a page that what was stated of their employer changes something for, with their cases. */
async function affectedOf(
  db: Database,
  visits: readonly Visit[],
  employer: Employer | undefined,
): Promise<{ readonly visit: Visit; readonly injuryCase: InjuryCase }[]> {
  const keys = visits.flatMap(({ workerId, caseNo }) => (caseNo === undefined ? [] : [{ workerId, caseNo }]));
  const cases = new Map((await findCases(db, keys)).map((each) => [each.caseNo, each]));
  return visits.flatMap((visit) => {
    const injuryCase = cases.get(visit.caseNo ?? "");
    if (injuryCase === undefined || decisionOf(injuryCase) !== "RECOGNISED") return [];
    if (decideStep(visit, injuryCase) === "NONE" || !isAffected(visit, injuryCase, employer)) return [];
    return [{ visit, injuryCase }];
  });
}

/**
 * DynamoDB states no bound for how far an index lags; commonly it is less than a second. What happened within this time is
 * read from the table itself.
 */
const LONGEST_INDEX_LAG_MS = 5 * 60_000;

/** Brings claims to where they belong; false where `isTimeUp` said so before the last. */
async function followClaims(
  services: JobServices,
  visits: readonly Visit[],
  employer: Employer | undefined,
  isTimeUp: () => boolean,
): Promise<boolean> {
  for (const { visit, injuryCase } of await affectedOf(services.db, visits, employer)) {
    if (isTimeUp()) return false;
    await bringUpToDate(services, visit, injuryCase);
  }
  return true;
}

/**
 * Brings the claims of an employer, whose insured periods were stated anew, to where they belong, page by page of 100: two
 * reads tell which of a page are affected. What is done is affected no longer, so that whoever starts again goes on.
 * The index of the pages is eventually consistent, and a claim may change its status between two pages: claims that anything
 * happened to shortly before or since are looked at once more.
 * Returns false where `isTimeUp` said so before the last claim.
 */
export async function followEmployer(
  services: JobServices,
  employerUscc: string,
  isTimeUp: () => boolean,
): Promise<boolean> {
  const { db, now } = services;
  const since = instantOf(Date.parse(now()) - LONGEST_INDEX_LAG_MS - EVENT_SETTLING_MS);
  const [employer] = await findEmployers(db, [employerUscc]);
  for (const status of unsettled) {
    let after: string | undefined;
    do {
      const page = await readClaims(db, { employerUscc, status, ...ever }, PAGE, after);
      if (!(await followClaims(services, page.claims, employer, isTimeUp))) return false;
      after = page.next;
    } while (after !== undefined);
  }
  const recent = await readVisitsChangedSince(db, employerUscc, { since, now: now() });
  for (const changed of chunksOf(recent, PAGE)) {
    const visits = await findVisits(db, changed);
    if (!(await followClaims(services, visits, employer, isTimeUp))) return false;
  }
  return true;
}
