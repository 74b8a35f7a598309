import type { CallOf, Outcome } from "../bind.ts";
import type { Services } from "../services.ts";
import { showVisit } from "../visit/show-visit.ts";
import type { hospitalOperations } from "./operations.ts";

type Call = CallOf<typeof hospitalOperations.getVisit>;

export const getVisit =
  ({ db }: Pick<Services, "db">) =>
  ({ caller, params }: Call): Outcome =>
    showVisit(db, caller.institution, params.visitId);
