import type { CallOf, Outcome } from "../kit/bind.ts";
import type { Services } from "../kit/services.ts";
import type { listSettlementLinesContract } from "./list-settlement-lines.contract.ts";
import { showSettledLines } from "./show-settlement.ts";

type Call = CallOf<typeof listSettlementLinesContract>;

export const listSettlementLines =
  ({ db }: Pick<Services, "db">) =>
  (call: Call): Outcome =>
    showSettledLines(db, call.caller.institution, call);
