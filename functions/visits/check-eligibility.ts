import { failureTexts } from "../../shared/domain/failures.ts";
import { err } from "../../shared/domain/result.ts";
import { countLookupBy, WEIGHT_OF_NOBODY } from "../access/lookup-limit.ts";
import { answerWith, type CallOf, type Outcome } from "../kit/bind.ts";
import type { Services } from "../kit/services.ts";
import type { checkEligibilityContract } from "./check-eligibility.contract.ts";
import { findEligibility } from "./find-eligibility.ts";

type Call = CallOf<typeof checkEligibilityContract>;

/** A refusal is an answer, not an error: the hospital learns every reason at once. */
export const checkEligibility =
  (services: Pick<Services, "db" | "personLookup" | "logger" | "lookupsPerHour" | "now">) =>
  async ({ caller, body, requestId, institutionCheck }: Call): Outcome => {
    const hospitalCode = caller.institution;
    const notServed = await institutionCheck;
    if (notServed !== undefined) return err(notServed);
    // Counted before anybody is looked for: how long a refusal takes must not tell whether there is such a person.
    const isTooMany = await countLookupBy(services, { hospitalCode, requestId });
    if (isTooMany !== undefined) return err(isTooMany);
    const found = await findEligibility(services, {
      hospitalCode,
      idType: body.idType,
      idNumber: body.idNumber,
      cardNumber: body.cardNumber,
      visitType: body.visitType,
      serviceDay: body.serviceDate,
    });
    if (!found.ok) return found;
    if (found.value.mayKnow && found.value.worker === undefined)
      await countLookupBy(services, { hospitalCode, requestId }, WEIGHT_OF_NOBODY - 1);
    const { worker, employers, eligibility, bedAt } = found.value;
    const answer = {
      route: eligibility.route,
      depositRequired: eligibility.route === "NONE",
      worker:
        worker === undefined
          ? undefined
          : { name: worker.maskedName, idType: worker.idType, idNumber: worker.maskedIdNumber },
      authorisations: eligibility.entitlements.map(({ injuryCase, route, authorisation }) => ({
        caseNo: injuryCase.caseNo,
        route,
        benefit: body.visitType,
        employer: { uscc: injuryCase.employerUscc, name: employers.get(injuryCase.employerUscc)?.name ?? "" },
        injuries: injuryCase.injuries,
        from: authorisation?.from ?? injuryCase.injuredOn,
        to: authorisation?.to ?? null,
      })),
      refusals: eligibility.refusals.map(({ caseNo, code }) => ({
        caseNo,
        code,
        hospital: code === "ADMITTED_ELSEWHERE" ? bedAt : undefined,
        detail: `${failureTexts[code].zh} · ${failureTexts[code].en}`,
      })),
    };
    return answerWith(answer, { subject: worker?.workerId });
  };
