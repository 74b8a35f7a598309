import { type BoundOperation, bind, bindMessage } from "../bind.ts";
import { listHospitalEvents } from "../feed/list-events.ts";
import type { Services } from "../services.ts";
import { bindWebhooks } from "../webhooks/bound-operations.ts";
import { amendVisit } from "./amend-visit.ts";
import { cancelDischarge } from "./cancel-discharge.ts";
import { cancelMessage } from "./cancel-message.ts";
import { cancelVisit } from "./cancel-visit.ts";
import { checkEligibility } from "./check-eligibility.ts";
import { dischargeWorker } from "./discharge-worker.ts";
import { findVisits } from "./find-visits.ts";
import { getMessage } from "./get-message.ts";
import { getReconciliation } from "./get-reconciliation.ts";
import { getSettlement } from "./get-settlement.ts";
import { getVisit } from "./get-visit.ts";
import { listCharges } from "./list-charges.ts";
import { listDifferences } from "./list-differences.ts";
import { listSettlementLines } from "./list-settlement-lines.ts";
import { listVisits } from "./list-visits.ts";
import { openReconciliationUpload } from "./open-reconciliation-upload.ts";
import { hospitalOperations as operations, webhookOperations } from "./operations.ts";
import { postReconciliationDetails } from "./post-reconciliation-details.ts";
import { previewSettlement } from "./preview-settlement.ts";
import { reconcileDay } from "./reconcile-day.ts";
import { recordAdvance } from "./record-advance.ts";
import { registerVisit } from "./register-visit.ts";
import { reverseSettlement } from "./reverse-settlement.ts";
import { revokeCharges } from "./revoke-charges.ts";
import { settleVisit } from "./settle-visit.ts";
import { uploadCharges } from "./upload-charges.ts";

/** All operations of designated hospitals, each with its code. */
export const bindAll = (services: Services): BoundOperation[] => [
  bind(operations.checkEligibility, checkEligibility(services)),
  bindMessage(operations.registerVisit, registerVisit(services)),
  bind(operations.listVisits, listVisits(services)),
  bind(operations.findVisits, findVisits(services)),
  bind(operations.getVisit, getVisit(services)),
  bind(operations.amendVisit, amendVisit(services)),
  bindMessage(operations.uploadCharges, uploadCharges(services)),
  bind(operations.listCharges, listCharges(services)),
  bindMessage(operations.revokeCharges, revokeCharges(services)),
  bindMessage(operations.dischargeWorker, dischargeWorker(services)),
  bindMessage(operations.cancelDischarge, cancelDischarge(services)),
  bindMessage(operations.recordAdvance, recordAdvance(services)),
  bindMessage(operations.cancelVisit, cancelVisit(services)),
  bind(operations.previewSettlement, previewSettlement(services)),
  bindMessage(operations.settleVisit, settleVisit(services)),
  bind(operations.getSettlement, getSettlement(services)),
  bindMessage(operations.reverseSettlement, reverseSettlement(services)),
  bind(operations.getMessage, getMessage(services)),
  bindMessage(operations.cancelMessage, cancelMessage(services)),
  bind(operations.listSettlementLines, listSettlementLines(services)),
  bind(operations.listHospitalEvents, listHospitalEvents(services)),
  bindMessage(operations.reconcileDay, reconcileDay(services)),
  bindMessage(operations.postReconciliationDetails, postReconciliationDetails(services)),
  bindMessage(operations.openReconciliationUpload, openReconciliationUpload(services)),
  bind(operations.getReconciliation, getReconciliation(services)),
  bind(operations.listDifferences, listDifferences(services)),
  ...bindWebhooks(services, "hospital", webhookOperations),
];
