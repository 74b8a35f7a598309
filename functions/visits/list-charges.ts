import type { hospitalOperations } from "../contract/hospital-operations.ts";
import type { CallOf, Outcome } from "../kit/bind.ts";
import type { Services } from "../kit/services.ts";
import { showCharges } from "./show-visit.ts";

type Call = CallOf<typeof hospitalOperations.listCharges>;

export const listCharges =
  ({ db }: Pick<Services, "db">) =>
  (call: Call): Outcome =>
    showCharges(db, call.caller.institution, call);
