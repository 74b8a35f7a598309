import { formatAllocation, ZERO_ALLOCATION } from "../../shared/domain/bearers.ts";
import { failure, failureOf } from "../../shared/domain/failures.ts";
import { err } from "../../shared/domain/result.ts";
import { adjudicateBill, type Bill } from "../../shared/domain/settlements/adjudicate-bill.ts";
import { toBill, unsettledLines } from "../../shared/domain/settlements/bill.ts";
import type { ChargeLine } from "../../shared/domain/visits/charge-line.ts";
import { checkLines, limitsOf } from "../../shared/domain/visits/check-lines.ts";
import { toNext } from "../../shared/domain/visits/next-version.ts";
import { checkVerb } from "../../shared/domain/visits/visit.ts";
import { fitsSettlement } from "../../shared/store/visits/bill-size.ts";
import { findVisitRecord, saveVisitAndLines } from "../../shared/store/visits/visit-store.ts";
import { applyMessage } from "../kit/apply.ts";
import type { MessageCallOf, Outcome } from "../kit/bind.ts";
import type { Services } from "../kit/services.ts";
import { billTooLarge } from "./bill.ts";
import { toLineAllocationView } from "./charge-views.ts";
import { nameNextStay } from "./name-next-stay.ts";
import { provisionalSentence } from "./provisional.ts";
import type { uploadChargesContract } from "./upload-charges.contract.ts";

type Call = MessageCallOf<typeof uploadChargesContract>;

/**
 * Who bears what of the posted lines, with all earlier lines of the same items counted in. Lines of other items
 * cannot change it, so they are left out.
 */
function price(bill: Bill, posted: readonly ChargeLine[]) {
  const items = new Set(posted.map(({ itemCode }) => itemCode));
  const touching = bill.lines.filter(({ itemCode }) => items.has(itemCode));
  const allocated = adjudicateBill({ ...bill, lines: touching }).lines;
  const byLineNo = new Map(allocated.map((each) => [each.line.original.lineNo, each]));
  return posted.map(({ lineNo, refundOf }) => {
    const own = byLineNo.get(lineNo);
    if (own !== undefined) return toLineAllocationView(own);
    return { lineNo, allocation: formatAllocation(ZERO_ALLOCATION), reasons: [], nettedInto: refundOf };
  });
}

/** Takes lines into a visit that is not settled, all of a message or none, and says line by line who bears what and why. */
export const uploadCharges =
  (services: Pick<Services, "db" | "references" | "caseKeys" | "logger" | "now" | "maxLinesOfBill">) =>
  (call: Call): Outcome =>
    applyMessage(services, call, async () => {
      const { body, caller, message, params } = call;
      const itemCodes = body.lines.map(({ itemCode }) => itemCode);
      const [record, reference] = await Promise.all([
        findVisitRecord(services.db, caller.institution, params.visitId),
        services.references.load(itemCodes),
      ]);
      if (record === undefined) return err(failure("VISIT_NOT_FOUND"));
      const refused = checkVerb(record.visit, "UPLOAD_CHARGES");
      if (refused !== undefined) return err(refused);
      const limits = limitsOf(record.visit, services.now(), services.maxLinesOfBill);
      const faults = checkLines(body.lines, record.lines, limits);
      if (faults.length > 0) return err(failureOf(await nameNextStay(services.db, record.visit, faults)));
      const lines = [...unsettledLines(record), ...body.lines];
      if (!fitsSettlement(lines)) return err(billTooLarge);
      const bill = toBill(record, reference, { lines });
      if (!bill.ok) return bill;

      const { visitId, workerId, caseNo, employerUscc } = record.visit;
      if (caseNo !== undefined) services.caseKeys.remember(record.visit, { workerId, caseNo, employerUscc });
      const lineCount = record.lines.length + body.lines.length;
      const visit = toNext(record.visit, services.now(), { lineCount });
      return {
        ok: true,
        value: {
          subject: visitId,
          value: {
            visitId,
            provisional: provisionalSentence(visit),
            lines: price(bill.value.bill, body.lines),
          },
          writes: saveVisitAndLines(services.db, visit, record.parts, {
            posted: body.lines,
            by: message.key,
          }),
        },
      };
    });
