import type { CallOf, Outcome } from "../bind.ts";
import { readNumber } from "../cursor.ts";
import type { Services } from "../services.ts";
import { showCharges } from "../visit/show-visit.ts";
import { hospitalOfVisit } from "./hospital-of.ts";
import type { agencyOperations } from "./operations.ts";

type Call = CallOf<typeof agencyOperations.listAgencyCharges>;

export const listAgencyCharges =
  ({ db }: Pick<Services, "db">) =>
  async (call: Call): Outcome => {
    const place = readNumber(call);
    if (!place.ok) return place;
    const hospital = await hospitalOfVisit(db, call.params.visitId);
    return hospital.ok ? showCharges(db, hospital.value, call) : hospital;
  };
