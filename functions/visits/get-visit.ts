import type { CallOf, Outcome } from "../kit/bind.ts";
import type { Services } from "../kit/services.ts";
import type { getVisitContract } from "./get-visit.contract.ts";
import { showVisit } from "./show-visit.ts";

type Call = CallOf<typeof getVisitContract>;

export const getVisit =
  ({ db }: Pick<Services, "db">) =>
  ({ caller, params }: Call): Outcome =>
    showVisit(db, caller.institution, params.visitId);
