import type { Day, Instant } from "../../shared/domain/dates.ts";
import type { Settlement } from "../../shared/domain/settlements/settlement.ts";
import type { Visit, VisitAndDetails } from "../../shared/domain/visits/visit.ts";
import type { Write } from "../../shared/store/kit/transaction.ts";
import type { Services } from "../kit/services.ts";

/** What becomes of a visit, and the writes that make it so. */
export interface VisitChange extends VisitAndDetails {
  /** The settlement, reversal or restored settlement that is recorded with it. */
  readonly settlement?: Settlement;
  /** Where it takes back a message of a month that is closed: the day on which the settlement counts. */
  readonly countsOn?: Day | undefined;
  readonly writes: readonly Write[];
}

/** What any change of a visit leans on. */
export type ChangeServices = Pick<Services, "db" | "now">;

/** The visit's next version, with what changes. */
export const toNext = (visit: Visit, at: Instant, changes: Partial<Visit>): Visit => ({
  ...visit,
  ...changes,
  version: visit.version + 1,
  // Clocks differ from one function to the next; what happens to one visit has an order all the same.
  updatedAt: at < visit.updatedAt ? visit.updatedAt : at,
});

/** The visit's next version with what is only marked on it (`revisionOf`): nothing that was done to it is changed. */
export const toMarked = (visit: Visit, at: Instant, changes: Partial<Visit>): Visit => ({
  ...toNext(visit, at, changes),
  marks: (visit.marks ?? 0) + 1,
});
