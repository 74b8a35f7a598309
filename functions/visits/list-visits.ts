import { dayOf } from "../../shared/domain/dates.ts";
import type { Failure } from "../../shared/domain/failures.ts";
import { err, ok, type Result } from "../../shared/domain/result.ts";
import type { Database } from "../../shared/store/kit/database.ts";
import { findVisits } from "../../shared/store/visits/case-visits.ts";
import { readVisitsOfHospital, type VisitPage } from "../../shared/store/visits/hospital-visits.ts";
import { findVisitIdOfNumber } from "../../shared/store/visits/visit-store.ts";
import { answerWith, type CallOf, type Outcome } from "../kit/bind.ts";
import { cursorInvalid, dayAnd, type ListCall, readPlace, toCursor } from "../kit/cursor.ts";
import type { Services } from "../kit/services.ts";
import type { listVisitsContract } from "./list-visits.contract.ts";
import { toVisitSummaryView } from "./visit-view.ts";

type Call = CallOf<typeof listVisitsContract>;
type VisitQuery = Call["query"];

/** Places of a hospital's visits: day of admission and visit. */
export const isVisitPlace = dayAnd(/^#V[0-9A-Z]{20}$/);

/** A page of a list of visits in the contract's words. */
export const toVisitPageView = (list: ListCall, { visits, next }: VisitPage) => ({
  items: visits.map(toVisitSummaryView),
  nextCursor: next === undefined ? null : toCursor(list, next),
});

/** The visit that has the number, if it is also within what else is asked for; a number that was given up leads to none. */
async function findByNumber(
  db: Database,
  hospitalCode: string,
  hospitalVisitNo: string,
  { status, from, to }: VisitQuery,
): Promise<VisitPage> {
  const visitId = await findVisitIdOfNumber(db, hospitalCode, hospitalVisitNo);
  if (visitId === undefined) return { visits: [] };
  const visits = (await findVisits(db, [{ hospitalCode, visitId }])).filter((visit) => {
    const admittedOn = dayOf(visit.admittedAt);
    return (
      (status === undefined || visit.status === status) &&
      (from === undefined || admittedOn >= from) &&
      (to === undefined || admittedOn <= to)
    );
  });
  return { visits };
}

async function readPage(db: Database, call: Call): Promise<Result<VisitPage, Failure>> {
  const hospitalCode = call.caller.institution;
  const { hospitalVisitNo, status, from, to, limit } = call.query;
  const place = readPlace(call, isVisitPlace);
  if (!place.ok) return place;
  const after = place.value;
  if (hospitalVisitNo !== undefined) {
    // One visit has a number: there is no second page.
    if (after !== undefined) return err(cursorInvalid(call));
    return ok(await findByNumber(db, hospitalCode, hospitalVisitNo, call.query));
  }
  if (from === undefined || to === undefined) throw new RangeError("neither a number nor a period");
  const admittedOn = after?.slice(0, 10);
  if (admittedOn !== undefined && (admittedOn < from || admittedOn > to)) return err(cursorInvalid(call));
  return ok(await readVisitsOfHospital(db, { hospitalCode, status, from, to }, { limit, after }));
}

/** Own visits by their number, or by days of admission. */
export const listVisits =
  ({ db }: Pick<Services, "db">) =>
  async (call: Call): Outcome => {
    const page = await readPage({ ...db, signal: call.signal }, call);
    return page.ok ? answerWith(toVisitPageView(call, page.value)) : page;
  };
