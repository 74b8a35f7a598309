import type { CallOf, Outcome } from "../bind.ts";
import type { Services } from "../services.ts";
import { showSettledLines } from "../visit/show-settlement.ts";
import type { hospitalOperations } from "./operations.ts";

type Call = CallOf<typeof hospitalOperations.listSettlementLines>;

export const listSettlementLines =
  ({ db }: Pick<Services, "db">) =>
  (call: Call): Outcome =>
    showSettledLines(db, call.caller.institution, call);
