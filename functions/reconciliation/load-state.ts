import { type Failure, failure } from "../../shared/domain/failures.ts";
import { parseReconciliationId } from "../../shared/domain/reconciliation/reconciliation.ts";
import type { DayState } from "../../shared/domain/reconciliation/round.ts";
import { err, ok, type Result } from "../../shared/domain/result.ts";
import { findDayState } from "../../shared/store/reconciliation/round-store.ts";
import type { Services } from "../kit/services.ts";

/** The state of a day whose latest round takes details: it is the one that was named, and was not compared yet. */
export async function loadOpenRound(
  { db }: Pick<Services, "db">,
  hospitalCode: string,
  reconciliationId: string,
): Promise<Result<DayState, Failure>> {
  const id = parseReconciliationId(reconciliationId);
  const state = id === undefined ? undefined : await findDayState(db, hospitalCode, id.day);
  if (id === undefined || state === undefined || state.round < id.round)
    return err(failure("RECONCILIATION_NOT_FOUND"));
  if (state.round > id.round) return err(failure("RECONCILIATION_SUPERSEDED"));
  if (state.comparison !== undefined) return err(failure("RECONCILIATION_COMPARED"));
  return ok(state);
}
