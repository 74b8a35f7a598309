import type { CallOf, Outcome } from "../bind.ts";
import { readNumber } from "../cursor.ts";
import type { Services } from "../services.ts";
import { showSettledLines } from "../visit/show-settlement.ts";
import { hospitalOfSettlement } from "./hospital-of.ts";
import type { agencyOperations } from "./operations.ts";

type Call = CallOf<typeof agencyOperations.listAgencySettlementLines>;

export const listAgencySettlementLines =
  ({ db }: Pick<Services, "db">) =>
  async (call: Call): Outcome => {
    const place = readNumber(call);
    if (!place.ok) return place;
    const hospital = await hospitalOfSettlement(db, call.params.settlementId);
    return hospital.ok ? showSettledLines(db, hospital.value, call) : hospital;
  };
