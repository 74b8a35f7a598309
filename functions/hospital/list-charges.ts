import type { CallOf, Outcome } from "../bind.ts";
import type { Services } from "../services.ts";
import { showCharges } from "../visit/show-visit.ts";
import type { hospitalOperations } from "./operations.ts";

type Call = CallOf<typeof hospitalOperations.listCharges>;

export const listCharges =
  ({ db }: Pick<Services, "db">) =>
  (call: Call): Outcome =>
    showCharges(db, call.caller.institution, call);
