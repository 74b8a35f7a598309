import { failure } from "../../shared/domain/failures.ts";
import { refuse } from "../../shared/domain/result.ts";
import type { Database } from "../../shared/store/database.ts";
import { findVisit, findVisitRecord } from "../../shared/store/visit-store.ts";
import { answerWith, type Outcome } from "../bind.ts";
import { type PageQuery, readPosition, toCursor } from "../cursor.ts";
import { toChargeLineView } from "./charge-views.ts";
import { toVisitView } from "./visit-view.ts";

/** A hospital's visit. */
export async function showVisit(db: Database, hospitalCode: string, visitId: string): Outcome {
  const found = await findVisit(db, hospitalCode, visitId);
  if (found === undefined) return refuse(failure("VISIT_NOT_FOUND"));
  return answerWith(toVisitView(found.visit, found.details));
}

/** The lines of a hospital's visit that stand, in the order of posting. */
export async function showCharges(
  db: Database,
  hospitalCode: string,
  visitId: string,
  { limit, cursor }: PageQuery,
): Outcome {
  const position = readPosition(cursor);
  if (!position.ok) return position;
  const record = await findVisitRecord(db, hospitalCode, visitId);
  if (record === undefined) return refuse(failure("VISIT_NOT_FOUND"));
  const start = position.value;
  const end = start + limit;
  const items = record.lines.slice(start, end).map(toChargeLineView);
  return answerWith({ items, nextCursor: end < record.lines.length ? toCursor(String(end)) : null });
}
