import { formatAllocation } from "../../shared/domain/bearers.ts";
import { dayOf } from "../../shared/domain/dates.ts";
import { formatYuan } from "../../shared/domain/money.ts";
import { nextStepOf } from "../../shared/domain/reports/claim.ts";
import type { Visit } from "../../shared/domain/visit/visit.ts";
import type { Database } from "../../shared/store/database.ts";
import { findHospitals } from "../../shared/store/registry-store.ts";

/** Claims as the employer sees them, with the hospitals' names. */
export async function toClaimViews(db: Database, claims: readonly Visit[]) {
  const hospitals = await findHospitals(
    db,
    claims.map(({ hospitalCode }) => hospitalCode),
  );
  const nameOf = new Map(hospitals.map(({ code, name }) => [code, name]));
  return claims.map((claim) => ({
    ...claim,
    worker: { name: claim.maskedName },
    hospital: { code: claim.hospitalCode, name: nameOf.get(claim.hospitalCode) ?? claim.hospitalCode },
    admittedOn: dayOf(claim.admittedAt),
    dischargedOn: claim.dischargedAt === undefined ? undefined : dayOf(claim.dischargedAt),
    total: claim.settled === undefined ? undefined : formatYuan(claim.settled.total),
    allocation: claim.settled === undefined ? undefined : formatAllocation(claim.settled.allocation),
    nextStep: nextStepOf(claim),
  }));
}
