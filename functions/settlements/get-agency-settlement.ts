import type { CallOf, Outcome } from "../kit/bind.ts";
import type { Services } from "../kit/services.ts";
import { hospitalOfSettlement } from "../visits/hospital-of.ts";
import type { getAgencySettlementContract } from "./get-agency-settlement.contract.ts";
import { showSettlement } from "./show-settlement.ts";

type Call = CallOf<typeof getAgencySettlementContract>;

export const getAgencySettlement =
  ({ db }: Pick<Services, "db">) =>
  async ({ params: { settlementId } }: Call): Outcome => {
    const hospital = await hospitalOfSettlement(db, settlementId);
    return hospital.ok ? showSettlement(db, hospital.value, settlementId) : hospital;
  };
