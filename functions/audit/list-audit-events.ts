import { DaySchema, type Instant, InstantSchema, instantOf } from "../../shared/domain/dates.ts";
import { err } from "../../shared/domain/result.ts";
import { type AuditPlace, readAuditEntries } from "../../shared/store/audit/audit-store.ts";
import { answerWith, type CallOf, type Outcome } from "../kit/bind.ts";
import { cursorInvalid, dayAnd, isKeptInstant, readPlace, toCursor } from "../kit/cursor.ts";
import type { Services } from "../kit/services.ts";
import type { listAuditEventsContract } from "./list-audit-events.contract.ts";

type Call = CallOf<typeof listAuditEventsContract>;

/** How far the clocks of two functions may be apart. */
const CLOCK_DIFFERENCE_MS = 1_000;

const isDayAndOrder = dayAnd(/^ \S{1,400}$/);

/** Where the listing ends, the day, and the place within it. */
function isAuditPlace(place: string): boolean {
  const end = place.indexOf(" ");
  return isKeptInstant(place.slice(0, end)) && isDayAndOrder(place.slice(end + 1));
}

function toPlace(text: string): { readonly until: Instant; readonly start: AuditPlace } {
  const [until, on, after = ""] = text.split(" ");
  return { until: InstantSchema.parse(until), start: { on: DaySchema.parse(on), after } };
}

/** The period and the filters that were given, which are ids. */
const toAsked = ({ from, to, subject, institution, who }: Call["query"]): string[] =>
  Object.entries({ from, to, subject, institution, who }).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${value}`],
  );

/**
 * The audit trail of a period, of everybody or by what it is about and who acted. Looking at it is on record as well,
 * with all that was asked for. A listing tells what was on record when it began: each of its pages adds an entry, and
 * it would never end otherwise.
 */
export const listAuditEvents =
  (services: Pick<Services, "db" | "now">) =>
  async (call: Call): Outcome => {
    const { query } = call;
    const db = { ...services.db, signal: call.signal };
    const { from, to, subject, institution, who, limit } = query;
    const place = readPlace(call, isAuditPlace);
    if (!place.ok) return place;
    const { until, start } =
      place.value === undefined
        ? {
            until: instantOf(Date.parse(services.now()) + CLOCK_DIFFERENCE_MS),
            start: { on: from, after: "" },
          }
        : toPlace(place.value);
    if (start.on < from || start.on > to) return err(cursorInvalid(call));
    const { entries, next } = await readAuditEntries(db, {
      ...{ place: start, to, until },
      subject,
      institution,
      who,
      limit,
    });
    const nextCursor = next === undefined ? null : toCursor(call, `${until} ${next.on} ${next.after}`);
    return answerWith(
      { items: entries, nextCursor },
      { subject: subject ?? institution, asked: toAsked(query) },
    );
  };
