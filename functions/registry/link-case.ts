import { failure } from "../../shared/domain/failures.ts";
import { err, ok } from "../../shared/domain/result.ts";
import { decideLink } from "../../shared/domain/visits/decide-link.ts";
import { findCase, findCaseOwner } from "../../shared/store/registry/registry-store.ts";
import { recordFacts } from "../../shared/store/settlements/record-facts.ts";
import { findHospitalOfVisit } from "../../shared/store/visits/claim-store.ts";
import { findVisit } from "../../shared/store/visits/visit-store.ts";
import { applyMessage } from "../kit/apply.ts";
import type { MessageCallOf, Outcome } from "../kit/bind.ts";
import type { Services } from "../kit/services.ts";
import type { linkCaseContract } from "./link-case.contract.ts";

type Call = MessageCallOf<typeof linkCaseContract>;

/** Links a visit that was taken in on the employer's notice to its case; what was decided of the case follows. */
export const linkCase =
  (services: Pick<Services, "db" | "logger" | "now">) =>
  (call: Call): Outcome =>
    applyMessage(services, call, async () => {
      const { db } = services;
      const { caseNo } = call.body;
      const { visitId } = call.params;
      const [hospitalCode, workerId] = await Promise.all([
        findHospitalOfVisit(db, visitId),
        findCaseOwner(db, caseNo),
      ]);
      if (hospitalCode === undefined) return err(failure("VISIT_NOT_FOUND"));
      const [found, injuryCase] = await Promise.all([
        findVisit(db, hospitalCode, visitId),
        workerId === undefined ? undefined : findCase(db, workerId, caseNo),
      ]);
      if (found === undefined) return err(failure("VISIT_NOT_FOUND"));
      if (injuryCase === undefined)
        return err(failure("CASE_UNKNOWN", [{ pointer: "/caseNo", code: "CASE_UNKNOWN" }]));
      const linked = decideLink(found, injuryCase, services.now());
      if (!linked.ok) return linked;
      const { status } = linked.value.visit;
      return ok({
        subject: visitId,
        value: { visitId, caseNo, hospitalCode, status },
        writes: recordFacts(db, linked.value),
      });
    });
