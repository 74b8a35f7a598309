import { formatAllocation } from "../../shared/domain/bearers.ts";
import { dayOf } from "../../shared/domain/dates.ts";
import { formatYuan } from "../../shared/domain/money.ts";
import { nextStepOf } from "../../shared/domain/reports/next-step.ts";
import { settledAmounts, type Visit } from "../../shared/domain/visits/visit.ts";
import type { Database } from "../../shared/store/kit/database.ts";
import { findHospitals } from "../../shared/store/registry/registry-store.ts";

/** Claims as the employer sees them, with the hospitals' names. */
export async function toClaimViews(db: Database, claims: readonly Visit[]) {
  const hospitals = await findHospitals(
    db,
    claims.map(({ hospitalCode }) => hospitalCode),
  );
  const nameOf = new Map(hospitals.map(({ code, name }) => [code, name]));
  return claims.map((claim) => {
    const settled = settledAmounts(claim);
    return {
      ...claim,
      worker: { name: claim.maskedName },
      hospital: { code: claim.hospitalCode, name: nameOf.get(claim.hospitalCode) ?? claim.hospitalCode },
      admittedOn: dayOf(claim.admittedAt),
      dischargedOn: claim.dischargedAt === undefined ? undefined : dayOf(claim.dischargedAt),
      total: settled === undefined ? undefined : formatYuan(settled.total),
      allocation: settled === undefined ? undefined : formatAllocation(settled.allocation),
      nextStep: nextStepOf(claim),
    };
  });
}
