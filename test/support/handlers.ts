import { makeAccessTrail } from "../../functions/access-trail.ts";
import { bindAll as bindAgency } from "../../functions/agency/bound-operations.ts";
import { type ApiHandler, makeApiHandler } from "../../functions/api-handler.ts";
import { bindAll as bindAuditor } from "../../functions/auditor/bound-operations.ts";
import { bindAll as bindEnterprise } from "../../functions/enterprise/bound-operations.ts";
import { bindAll as bindFinance } from "../../functions/finance/bound-operations.ts";
import { bindAll as bindHospital } from "../../functions/hospital/bound-operations.ts";
import type { Services } from "../../functions/services.ts";
import { makeCipher } from "../../shared/personal-data/make-cipher.ts";

/** The handlers of all audiences on these services, which a test may have changed. */
export function makeHandlers(made: Services): Record<string, ApiHandler> {
  const services = { ...made, cipher: makeCipher(made.personalData) };
  const trail = makeAccessTrail(services);
  return {
    hospital: makeApiHandler(bindHospital(services), services, trail),
    enterprise: makeApiHandler(bindEnterprise(services), services, trail),
    finance: makeApiHandler(bindFinance(services), services, trail),
    agency: makeApiHandler(bindAgency(services), services, trail),
    auditor: makeApiHandler(bindAuditor(services), services, trail),
  };
}
