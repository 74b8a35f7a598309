import { failure } from "../../shared/domain/failures.ts";
import { err, ok } from "../../shared/domain/result.ts";
import { toNext } from "../../shared/domain/visits/next-version.ts";
import { checkVerb } from "../../shared/domain/visits/visit.ts";
import { findVisit, saveVisit } from "../../shared/store/visits/visit-store.ts";
import { applyMessage } from "../kit/apply.ts";
import type { MessageCallOf, Outcome } from "../kit/bind.ts";
import type { Services } from "../kit/services.ts";
import type { recordAdvanceContract } from "./record-advance.contract.ts";
import { toVisitView } from "./visit-view.ts";

type Call = MessageCallOf<typeof recordAdvanceContract>;

const MAX_ADVANCES = 20;

/** Keeps what employer or worker paid meanwhile, so that the settlement pays it back to them first. */
export const recordAdvance =
  (services: Pick<Services, "db" | "logger" | "now">) =>
  (call: Call): Outcome =>
    applyMessage(services, call, async () => {
      const { body, caller, params } = call;
      const found = await findVisit(services.db, caller.institution, params.visitId);
      if (found === undefined) return err(failure("VISIT_NOT_FOUND"));
      const refused = checkVerb(found.visit, "RECORD_ADVANCE");
      if (refused !== undefined) return err(refused);
      const advances = found.visit.advances ?? [];
      if (advances.some(({ receipt }) => receipt === body.receipt)) {
        return err(failure("RECEIPT_TAKEN", [{ pointer: "/receipt", code: "RECEIPT_TAKEN" }]));
      }
      if (advances.length === MAX_ADVANCES) return err(failure("TOO_MANY_ADVANCES"));
      const visit = toNext(found.visit, services.now(), { advances: [...advances, body] });
      return ok({
        subject: visit.visitId,
        value: toVisitView(visit, found.details),
        writes: [saveVisit(services.db, visit)],
        undo: { receipt: body.receipt },
      });
    });
