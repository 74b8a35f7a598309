import type { hospitalOperations } from "../contract/hospital-operations.ts";
import type { CallOf, Outcome } from "../kit/bind.ts";
import type { Services } from "../kit/services.ts";
import { showSettlement } from "./show-settlement.ts";

type Call = CallOf<typeof hospitalOperations.getSettlement>;

export const getSettlement =
  ({ db }: Pick<Services, "db">) =>
  ({ caller, params }: Call): Outcome =>
    showSettlement(db, caller.institution, params.settlementId);
