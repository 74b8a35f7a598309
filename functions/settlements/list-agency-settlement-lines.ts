import type { CallOf, Outcome } from "../kit/bind.ts";
import { readNumber } from "../kit/cursor.ts";
import type { Services } from "../kit/services.ts";
import { hospitalOfSettlement } from "../visits/hospital-of.ts";
import type { listAgencySettlementLinesContract } from "./list-agency-settlement-lines.contract.ts";
import { showSettledLines } from "./show-settlement.ts";

type Call = CallOf<typeof listAgencySettlementLinesContract>;

export const listAgencySettlementLines =
  ({ db }: Pick<Services, "db">) =>
  async (call: Call): Outcome => {
    const place = readNumber(call);
    if (!place.ok) return place;
    const hospital = await hospitalOfSettlement(db, call.params.settlementId);
    return hospital.ok ? showSettledLines(db, hospital.value, call) : hospital;
  };
