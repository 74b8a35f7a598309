import { type Failure, type Fault, failure, failureOf } from "../../shared/domain/failures.ts";
import { err, ok } from "../../shared/domain/result.ts";
import { unsettledLines } from "../../shared/domain/settlements/bill.ts";
import { checkLines, limitsOf, revokeLines } from "../../shared/domain/visits/check-lines.ts";
import { toNext } from "../../shared/domain/visits/next-version.ts";
import { checkVerb, settledLineCount } from "../../shared/domain/visits/visit.ts";
import { linesPostedBy, linesRevokedBy } from "../../shared/store/visits/charge-parts.ts";
import { findVisitRecord, saveVisitAndLines } from "../../shared/store/visits/visit-store.ts";
import { checkUnsettled } from "./bill.ts";
import type { UndoPlan } from "./undo-plan.ts";

/** The caller did not send these lines, so that there is no place to point at. */
const firstOf = (faults: readonly Fault[]): Failure => failure(failureOf(faults.slice(0, 1)).code);

/** Revokes what still stands of the lines that a message posted. */
export const undoUploadCharges: UndoPlan = async ({ db, now }, { hospitalCode, message, cancelledBy }) => {
  const record = await findVisitRecord(db, hospitalCode, message.subject);
  if (record === undefined) return err(failure("VISIT_NOT_FOUND"));
  const { visit, details, parts } = record;
  const refused = checkVerb(visit, "REVOKE_CHARGES");
  if (refused !== undefined) return err(refused);
  const revoked = linesPostedBy(parts, message.key).map(({ lineNo }) => lineNo);
  const { left, faults } = revokeLines(record.lines, revoked, settledLineCount(visit));
  if (faults.length > 0) return err(firstOf(faults));
  const next = toNext(visit, now(), { lineCount: left.length });
  const change = { revoked, by: cancelledBy, cancels: message.key };
  return ok({
    visit: next,
    details,
    writes: saveVisitAndLines(db, next, parts, change),
  });
};

/** Lets the lines stand again that a message revoked, if they can still be posted. */
export const undoRevokeCharges: UndoPlan = async ({ db, now, maxLinesOfBill }, { hospitalCode, message }) => {
  const record = await findVisitRecord(db, hospitalCode, message.subject);
  if (record === undefined) return err(failure("VISIT_NOT_FOUND"));
  const { visit, details, parts, lines } = record;
  const refused = checkVerb(visit, "UPLOAD_CHARGES");
  if (refused !== undefined) return err(refused);
  const restored = linesRevokedBy(parts, message.key);
  const faults = checkLines(restored, lines, limitsOf(visit, now(), maxLinesOfBill));
  if (faults.length > 0) return err(firstOf(faults));
  const tooLarge = checkUnsettled([...unsettledLines(record), ...restored], maxLinesOfBill);
  if (tooLarge !== undefined) return err(tooLarge);
  const next = toNext(visit, now(), { lineCount: lines.length + restored.length });
  return ok({
    visit: next,
    details,
    writes: saveVisitAndLines(db, next, parts, { restored: message.key }),
  });
};
