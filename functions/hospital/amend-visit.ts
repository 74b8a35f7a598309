import { dayOf } from "../../shared/domain/dates.ts";
import { type Fault, failure, failureOf } from "../../shared/domain/failures.ts";
import { futureDays } from "../../shared/domain/future-days.ts";
import { isOutsideInjuries } from "../../shared/domain/registry/injury-case.ts";
import { refuse } from "../../shared/domain/result.ts";
import { checkVerb, type VisitDetails } from "../../shared/domain/visit/visit.ts";
import { findVisit, saveVisitAndDetails } from "../../shared/store/visit-store.ts";
import { applyChange } from "../apply.ts";
import type { CallOf, Outcome } from "../bind.ts";
import type { Services } from "../services.ts";
import { toNext } from "../settlement/visit-change.ts";
import { toVisitView } from "../visit/visit-view.ts";
import type { hospitalOperations } from "./operations.ts";

type Call = CallOf<typeof hospitalOperations.amendVisit>;

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
      const { diagnoses, employerNotice } = body;
      const noticedOn = employerNotice === undefined ? undefined : dayOf(employerNotice.at);
      const faults: Fault[] = futureDays({ "/employerNotice/at": noticedOn }, services.now());
      if (diagnoses !== undefined && isOutsideInjuries(found.details.injuries, diagnoses))
        faults.push({ pointer: "/diagnoses", code: "DIAGNOSIS_OUTSIDE_CASE" });
      if (faults.length > 0) return refuse(failureOf(faults));
      const visit = toNext(found.visit, services.now(), {});
      const details: VisitDetails = {
        ...found.details,
        ...body,
        department: body.department ?? found.details.department,
        diagnoses: diagnoses ?? found.details.diagnoses,
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
