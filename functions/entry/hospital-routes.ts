import { hospitalOperations as operations, webhookOperations } from "../contract/hospital-operations.ts";
import { listHospitalEvents } from "../events/list-events.ts";
import { type BoundOperation, bind, bindMessage } from "../kit/bind.ts";
import type { Services } from "../kit/services.ts";
import { cancelMessage } from "../messages/cancel-message.ts";
import { getMessage } from "../messages/get-message.ts";
import { getReconciliation } from "../reconciliation/get-reconciliation.ts";
import { listDifferences } from "../reconciliation/list-differences.ts";
import { openReconciliationUpload } from "../reconciliation/open-reconciliation-upload.ts";
import { postReconciliationDetails } from "../reconciliation/post-reconciliation-details.ts";
import { reconcileDay } from "../reconciliation/reconcile-day.ts";
import { getSettlement } from "../settlements/get-settlement.ts";
import { listSettlementLines } from "../settlements/list-settlement-lines.ts";
import { previewSettlement } from "../settlements/preview-settlement.ts";
import { reverseSettlement } from "../settlements/reverse-settlement.ts";
import { settleVisit } from "../settlements/settle-visit.ts";
import { amendVisit } from "../visits/amend-visit.ts";
import { cancelDischarge } from "../visits/cancel-discharge.ts";
import { cancelVisit } from "../visits/cancel-visit.ts";
import { checkEligibility } from "../visits/check-eligibility.ts";
import { dischargeWorker } from "../visits/discharge-worker.ts";
import { findVisits } from "../visits/find-visits.ts";
import { getVisit } from "../visits/get-visit.ts";
import { listCharges } from "../visits/list-charges.ts";
import { listVisits } from "../visits/list-visits.ts";
import { recordAdvance } from "../visits/record-advance.ts";
import { registerVisit } from "../visits/register-visit.ts";
import { revokeCharges } from "../visits/revoke-charges.ts";
import { uploadCharges } from "../visits/upload-charges.ts";
import { bindWebhooks } from "../webhooks/bind-webhooks.ts";

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
