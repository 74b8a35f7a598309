import type { CallOf, Outcome } from "../bind.ts";
import type { Services } from "../services.ts";
import { showSettlement } from "../visit/show-settlement.ts";
import { hospitalOfSettlement } from "./hospital-of.ts";
import type { agencyOperations } from "./operations.ts";

type Call = CallOf<typeof agencyOperations.getAgencySettlement>;

export const getAgencySettlement =
  ({ db }: Pick<Services, "db">) =>
  async ({ params: { settlementId } }: Call): Outcome => {
    const hospital = await hospitalOfSettlement(db, settlementId);
    return hospital.ok ? showSettlement(db, hospital.value, settlementId) : hospital;
  };
