import type { CallOf, Outcome } from "../bind.ts";
import type { Services } from "../services.ts";
import { showVisit } from "../visit/show-visit.ts";
import { hospitalOfVisit } from "./hospital-of.ts";
import type { agencyOperations } from "./operations.ts";

type Call = CallOf<typeof agencyOperations.getAgencyVisit>;

export const getAgencyVisit =
  ({ db }: Pick<Services, "db">) =>
  async ({ params: { visitId } }: Call): Outcome => {
    const hospital = await hospitalOfVisit(db, visitId);
    return hospital.ok ? showVisit(db, hospital.value, visitId) : hospital;
  };
