import type { CallOf, Outcome } from "../kit/bind.ts";
import type { Services } from "../kit/services.ts";
import type { getSettlementContract } from "./get-settlement.contract.ts";
import { showSettlement } from "./show-settlement.ts";

type Call = CallOf<typeof getSettlementContract>;

export const getSettlement =
  ({ db }: Pick<Services, "db">) =>
  ({ caller, params }: Call): Outcome =>
    showSettlement(db, caller.institution, params.settlementId);
