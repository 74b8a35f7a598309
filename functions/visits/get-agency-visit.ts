import type { CallOf, Outcome } from "../kit/bind.ts";
import type { Services } from "../kit/services.ts";
import type { getAgencyVisitContract } from "./get-agency-visit.contract.ts";
import { hospitalOfVisit } from "./hospital-of.ts";
import { showVisit } from "./show-visit.ts";

type Call = CallOf<typeof getAgencyVisitContract>;

export const getAgencyVisit =
  ({ db }: Pick<Services, "db">) =>
  async ({ params: { visitId } }: Call): Outcome => {
    const hospital = await hospitalOfVisit(db, visitId);
    return hospital.ok ? showVisit(db, hospital.value, visitId) : hospital;
  };
