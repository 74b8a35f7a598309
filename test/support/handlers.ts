import { bindAll as bindAgency } from "../../functions/entry/agency-routes.ts";
import { bindAll as bindAuditor } from "../../functions/entry/auditor-routes.ts";
import { bindAll as bindEnterprise } from "../../functions/entry/enterprise-routes.ts";
import { bindAll as bindFinance } from "../../functions/entry/finance-routes.ts";
import { bindAll as bindHospital } from "../../functions/entry/hospital-routes.ts";
import { makeAccessAudit } from "../../functions/kit/access-audit.ts";
import { type ApiHandler, makeApiHandler } from "../../functions/kit/api-handler.ts";
import type { Services } from "../../functions/kit/services.ts";
import { fullAdvice } from "../../shared/http/full-advice.ts";
import { makeCipher } from "../../shared/personal-data/make-cipher.ts";

/** The handlers of all audiences on these services, which a test may have changed. */
export function makeHandlers(made: Services): Record<string, ApiHandler> {
  const services = { ...made, cipher: makeCipher(made.personalData) };
  const trail = makeAccessAudit(services);
  return {
    hospital: makeApiHandler(bindHospital(services), services, trail, fullAdvice),
    enterprise: makeApiHandler(bindEnterprise(services), services, trail, fullAdvice),
    finance: makeApiHandler(bindFinance(services), services, trail, fullAdvice),
    agency: makeApiHandler(bindAgency(services), services, trail, fullAdvice),
    auditor: makeApiHandler(bindAuditor(services), services, trail, fullAdvice),
  };
}
