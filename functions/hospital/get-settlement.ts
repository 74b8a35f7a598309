import type { CallOf, Outcome } from "../bind.ts";
import type { Services } from "../services.ts";
import { showSettlement } from "../visit/show-settlement.ts";
import type { hospitalOperations } from "./operations.ts";

type Call = CallOf<typeof hospitalOperations.getSettlement>;

export const getSettlement =
  ({ db }: Pick<Services, "db">) =>
  ({ caller, params }: Call): Outcome =>
    showSettlement(db, caller.institution, params.settlementId);
