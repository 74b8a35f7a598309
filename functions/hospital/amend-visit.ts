import { failure } from "../../shared/domain/failures.ts";
import { isWithinInjuries } from "../../shared/domain/registry/injury-case.ts";
import { refuse } from "../../shared/domain/result.ts";
import { checkVerb, type VisitDetails } from "../../shared/domain/visit/visit.ts";
import type { Diagnoses } from "../../shared/domain/visit/visit-requests.ts";
import { findVisit, saveVisitAndDetails } from "../../shared/store/visit-store.ts";
import { applyChange } from "../apply.ts";
import type { CallOf, Outcome } from "../bind.ts";
import type { Services } from "../services.ts";
import { toNext } from "../settlement/visit-change.ts";
import type { hospitalOperations } from "./operations.ts";
import { toVisitView } from "./views.ts";

type Call = CallOf<typeof hospitalOperations.amendVisit>;

const isOutsideCase = (details: VisitDetails, diagnoses: Diagnoses | undefined): boolean =>
  diagnoses !== undefined && !diagnoses.some(({ code }) => isWithinInjuries(details.injuries, code));

/** Changes what may change after registration; fields that are not named stay as they are. */
export const amendVisit =
  (services: Pick<Services, "db" | "logger" | "now">) =>
  (call: Call): Outcome =>
    applyChange(services, call, async () => {
      const { body, caller, params } = call;
      const found = await findVisit(services.db, caller.institution, params.visitId);
      if (found === undefined) return refuse(failure("VISIT_NOT_FOUND"));
      const refused = checkVerb(found.visit, "AMEND");
      if (refused !== undefined) return refuse(refused);
      if (isOutsideCase(found.details, body.diagnoses)) {
        const code = "DIAGNOSIS_OUTSIDE_CASE";
        return refuse(failure(code, [{ pointer: "/diagnoses", code }]));
      }
      const visit = toNext(found.visit, services.now(), {});
      const details: VisitDetails = {
        ...found.details,
        ...body,
        department: body.department ?? found.details.department,
        diagnoses: body.diagnoses ?? found.details.diagnoses,
      };
      return {
        ok: true,
        value: {
          subject: visit.visitId,
          value: toVisitView(visit, details),
          writes: saveVisitAndDetails(services.db, visit, details),
        },
      };
    });
