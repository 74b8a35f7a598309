import { DaySchema } from "../../shared/domain/dates.ts";
import { refuse } from "../../shared/domain/result.ts";
import { type AuditPlace, readAuditEntries } from "../../shared/store/audit-store.ts";
import { answerWith, type CallOf, type Outcome } from "../bind.ts";
import { cursorInvalid, dayAnd, readPlace, toCursor } from "../cursor.ts";
import type { Services } from "../services.ts";
import type { auditorOperations } from "./operations.ts";

type Call = CallOf<typeof auditorOperations.listAuditEvents>;

const isAuditPlace = dayAnd(/^ \S{1,400}$/);

function toPlace(text: string): AuditPlace {
  const [on, after = ""] = text.split(" ");
  return { on: DaySchema.parse(on), after };
}

/** The period and the filters that were given, which are ids. */
const toAsked = ({ from, to, subject, institution, who }: Call["query"]): string[] =>
  Object.entries({ from, to, subject, institution, who }).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${value}`],
  );

/**
 * The audit trail of a period, of everybody or by what it is about and who acted. Looking at it is on record as well,
 * with all that was asked for.
 */
export const listAuditEvents =
  (services: Pick<Services, "db">) =>
  async ({ query, timeOver }: Call): Outcome => {
    const db = { ...services.db, timeOver };
    const { cursor, from, to, subject, institution, who, limit } = query;
    const place = readPlace(cursor, isAuditPlace);
    if (!place.ok) return place;
    const start = place.value === undefined ? { on: from, after: "" } : toPlace(place.value);
    if (start.on < from || start.on > to) return refuse(cursorInvalid());
    const { entries, next } = await readAuditEntries(db, {
      place: start,
      to,
      subject,
      institution,
      who,
      limit,
    });
    const nextCursor = next === undefined ? null : toCursor(`${next.on} ${next.after}`);
    return answerWith(
      { items: entries, nextCursor },
      { subject: subject ?? institution, asked: toAsked(query) },
    );
  };
