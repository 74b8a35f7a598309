import type { Day } from "../../shared/domain/dates.ts";
import type { Settlement } from "../../shared/domain/settlements/settlement.ts";
import type { VisitAndDetails } from "../../shared/domain/visits/visit.ts";
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
