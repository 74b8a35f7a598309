import type { District, PolicyBody } from "./registry-bodies.ts";

const terms: PolicyBody = {
  unrelatedBearer: "OTHER_INSURER",
  noEmployerNoticeBearer: "EMPLOYER",
  noConsentBearer: "HOSPITAL",
  overCapBearer: "HOSPITAL",
  overQuantityBearer: "HOSPITAL",
  releasedBearer: "PERSONAL",
  mealAllowancePerDay: "18.00",
};

/**
 * Two policies, so that a stay of June and one of July can be seen to follow different ones. Only the meal
 * allowance differs; the bearers are the defaults of design.md section 4. The amounts are invented.
 */
export const demoPolicies: District["policies"] = [
  { effectiveFrom: "2024-01-01", body: terms },
  { effectiveFrom: "2026-07-01", body: { ...terms, mealAllowancePerDay: "22.00" } },
];
