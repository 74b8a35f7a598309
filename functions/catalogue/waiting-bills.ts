import type { WaitingBill } from "../../shared/domain/catalogue/catalogue-warnings.ts";
import { dayOf } from "../../shared/domain/dates.ts";
import type { Visit } from "../../shared/domain/visits/visit.ts";
import type { Database } from "../../shared/store/kit/database.ts";
import { readOldestDeferredVisits } from "../../shared/store/settlements/deferred-store.ts";

/** Claims that are looked at for a change of the catalogue: more of them cost more than the warning is worth. */
const CLAIMS_LOOKED_AT = 1_000;

export interface WaitingBills {
  readonly bills: readonly WaitingBill[];
  /** False where more claims wait than were looked at. */
  readonly areAll: boolean;
}

/** Lines lie between the admission and the discharge; a visit without one is over on the day that it was deferred. */
function toWaitingBill({ admittedAt, dischargedAt, standing, updatedAt }: Visit): WaitingBill {
  const endedAt = dischargedAt ?? standing.at(-1)?.at ?? updatedAt;
  return { from: dayOf(admittedAt), to: dayOf(endedAt) };
}

/** The days of the claims that wait for a decision, the oldest claims first. */
export async function readWaitingBills(db: Database): Promise<WaitingBills> {
  const visits = await readOldestDeferredVisits(db, CLAIMS_LOOKED_AT);
  return { bills: visits.map(toWaitingBill), areAll: visits.length < CLAIMS_LOOKED_AT };
}
