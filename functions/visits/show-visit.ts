import { failure } from "../../shared/domain/failures.ts";
import { err } from "../../shared/domain/result.ts";
import type { Database } from "../../shared/store/kit/database.ts";
import { postedLines } from "../../shared/store/visits/charge-parts.ts";
import { findVisit, findVisitRecord } from "../../shared/store/visits/visit-store.ts";
import { answerWith, type Outcome } from "../kit/bind.ts";
import { cutPage, type ListCall, type PageQuery, readNumber } from "../kit/cursor.ts";
import { toChargeLineView } from "./charge-views.ts";
import { toVisitView } from "./visit-view.ts";

/** A hospital's visit. */
export async function showVisit(db: Database, hospitalCode: string, visitId: string): Outcome {
  const found = await findVisit(db, hospitalCode, visitId);
  if (found === undefined) return err(failure("VISIT_NOT_FOUND"));
  return answerWith(toVisitView(found.visit, found.details));
}

type ChargesCall = ListCall & { readonly params: { readonly visitId: string }; readonly query: PageQuery };

/** The lines of a hospital's visit that stand, in the order of posting, as a list asks for them. */
export async function showCharges(db: Database, hospitalCode: string, list: ChargesCall): Outcome {
  const { visitId } = list.params;
  const after = readNumber(list);
  if (!after.ok) return after;
  const record = await findVisitRecord(db, hospitalCode, visitId);
  if (record === undefined) return err(failure("VISIT_NOT_FOUND"));
  const left = postedLines(record.parts).filter(({ posting }) => posting > after.value);
  const { page, nextCursor } = cutPage(list, left, ({ posting }) => String(posting));
  return answerWith({ items: page.map(({ line }) => toChargeLineView(line)), nextCursor });
}
