import type { CallOf, Outcome } from "../kit/bind.ts";
import type { Services } from "../kit/services.ts";
import type { listChargesContract } from "./list-charges.contract.ts";
import { showCharges } from "./show-visit.ts";

type Call = CallOf<typeof listChargesContract>;

export const listCharges =
  ({ db }: Pick<Services, "db">) =>
  (call: Call): Outcome =>
    showCharges(db, call.caller.institution, call);
