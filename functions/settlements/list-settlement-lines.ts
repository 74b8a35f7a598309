import type { hospitalOperations } from "../contract/hospital-operations.ts";
import type { CallOf, Outcome } from "../kit/bind.ts";
import type { Services } from "../kit/services.ts";
import { showSettledLines } from "./show-settlement.ts";

type Call = CallOf<typeof hospitalOperations.listSettlementLines>;

export const listSettlementLines =
  ({ db }: Pick<Services, "db">) =>
  (call: Call): Outcome =>
    showSettledLines(db, call.caller.institution, call);
