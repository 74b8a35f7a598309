import { failureTexts } from "../../shared/domain/failures.ts";
import { maskIdNumber, maskName } from "../../shared/domain/registry/worker.ts";
import { answerWith, type CallOf, type Outcome } from "../bind.ts";
import type { Services } from "../services.ts";
import { findEligibility } from "./eligibility.ts";
import type { hospitalOperations } from "./operations.ts";

type Call = CallOf<typeof hospitalOperations.checkEligibility>;

/** A refusal is an answer, not an error: the hospital learns every reason at once. */
export const checkEligibility =
  (services: Pick<Services, "db" | "lookupHash">) =>
  async ({ caller, body }: Call): Outcome => {
    const found = await findEligibility(services, {
      hospitalCode: caller.institution,
      idNumber: body.idNumber,
      cardNumber: body.cardNumber,
      visitType: body.visitType,
      serviceDay: body.serviceDate,
    });
    if (!found.ok) return found;
    const { worker, employers, eligibility } = found.value;
    const answer = {
      route: eligibility.route,
      depositRequired: eligibility.route === "NONE",
      worker:
        worker === undefined
          ? undefined
          : { name: maskName(worker.name), idNumber: maskIdNumber(worker.idNumber) },
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
        detail: `${failureTexts[code].zh} · ${failureTexts[code].en}`,
      })),
    };
    return answerWith(answer, worker?.workerId);
  };
