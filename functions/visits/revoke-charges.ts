import { failure, failureOf } from "../../shared/domain/failures.ts";
import { err } from "../../shared/domain/result.ts";
import { unsettledLines } from "../../shared/domain/settlements/bill.ts";
import { revokeLines } from "../../shared/domain/visits/check-lines.ts";
import { toNext } from "../../shared/domain/visits/next-version.ts";
import { checkVerb, settledLineCount } from "../../shared/domain/visits/visit.ts";
import { findVisitRecord, saveVisitAndLines } from "../../shared/store/visits/visit-store.ts";
import { applyMessage } from "../kit/apply.ts";
import type { MessageCallOf, Outcome } from "../kit/bind.ts";
import type { Services } from "../kit/services.ts";
import type { revokeChargesContract } from "./revoke-charges.contract.ts";

type Call = MessageCallOf<typeof revokeChargesContract>;

/** Takes unsettled lines back, those named or all of them. */
export const revokeCharges =
  (services: Pick<Services, "db" | "logger" | "now">) =>
  (call: Call): Outcome =>
    applyMessage(services, call, async () => {
      const { body, caller, message, params } = call;
      const record = await findVisitRecord(services.db, caller.institution, params.visitId);
      if (record === undefined) return err(failure("VISIT_NOT_FOUND"));
      const refused = checkVerb(record.visit, "REVOKE_CHARGES");
      if (refused !== undefined) return err(refused);
      const revoked = body.lineNos ?? unsettledLines(record).map(({ lineNo }) => lineNo);
      const { left, faults } = revokeLines(record.lines, revoked, settledLineCount(record.visit));
      if (faults.length > 0) return err(failureOf(faults));

      const { visitId } = record.visit;
      const visit = toNext(record.visit, services.now(), { lineCount: left.length });
      return {
        ok: true,
        value: {
          subject: visitId,
          value: { visitId, revoked, lineCount: left.length },
          writes: saveVisitAndLines(services.db, visit, record.parts, { revoked, by: message.key }),
        },
      };
    });
