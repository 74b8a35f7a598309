import type { CallOf, Outcome } from "../kit/bind.ts";
import { readNumber } from "../kit/cursor.ts";
import type { Services } from "../kit/services.ts";
import { hospitalOfVisit } from "./hospital-of.ts";
import type { listAgencyChargesContract } from "./list-agency-charges.contract.ts";
import { showCharges } from "./show-visit.ts";

type Call = CallOf<typeof listAgencyChargesContract>;

export const listAgencyCharges =
  ({ db }: Pick<Services, "db">) =>
  async (call: Call): Outcome => {
    const place = readNumber(call);
    if (!place.ok) return place;
    const hospital = await hospitalOfVisit(db, call.params.visitId);
    return hospital.ok ? showCharges(db, hospital.value, call) : hospital;
  };
