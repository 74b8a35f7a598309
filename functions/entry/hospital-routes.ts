import { listHospitalEventsContract } from "../events/list-events.contract.ts";
import { listHospitalEvents } from "../events/list-events.ts";
import { type BoundOperation, bind, bindMessage } from "../kit/bind.ts";
import type { Services } from "../kit/services.ts";
import { cancelMessageContract } from "../messages/cancel-message.contract.ts";
import { cancelMessage } from "../messages/cancel-message.ts";
import { getMessageContract } from "../messages/get-message.contract.ts";
import { getMessage } from "../messages/get-message.ts";
import { getReconciliationContract } from "../reconciliation/get-reconciliation.contract.ts";
import { getReconciliation } from "../reconciliation/get-reconciliation.ts";
import { listDifferencesContract } from "../reconciliation/list-differences.contract.ts";
import { listDifferences } from "../reconciliation/list-differences.ts";
import { openReconciliationUploadContract } from "../reconciliation/open-reconciliation-upload.contract.ts";
import { openReconciliationUpload } from "../reconciliation/open-reconciliation-upload.ts";
import { postReconciliationDetailsContract } from "../reconciliation/post-reconciliation-details.contract.ts";
import { postReconciliationDetails } from "../reconciliation/post-reconciliation-details.ts";
import { reconcileDayContract } from "../reconciliation/reconcile-day.contract.ts";
import { reconcileDay } from "../reconciliation/reconcile-day.ts";
import { getAgreementContract } from "../registry/get-agreement.contract.ts";
import { getAgreement } from "../registry/get-agreement.ts";
import { getSettlementContract } from "../settlements/get-settlement.contract.ts";
import { getSettlement } from "../settlements/get-settlement.ts";
import { listSettlementLinesContract } from "../settlements/list-settlement-lines.contract.ts";
import { listSettlementLines } from "../settlements/list-settlement-lines.ts";
import { previewSettlementContract } from "../settlements/preview-settlement.contract.ts";
import { previewSettlement } from "../settlements/preview-settlement.ts";
import { reverseSettlementContract } from "../settlements/reverse-settlement.contract.ts";
import { reverseSettlement } from "../settlements/reverse-settlement.ts";
import { settleVisitContract } from "../settlements/settle-visit.contract.ts";
import { settleVisit } from "../settlements/settle-visit.ts";
import { amendVisitContract } from "../visits/amend-visit.contract.ts";
import { amendVisit } from "../visits/amend-visit.ts";
import { cancelDischargeContract } from "../visits/cancel-discharge.contract.ts";
import { cancelDischarge } from "../visits/cancel-discharge.ts";
import { cancelVisitContract } from "../visits/cancel-visit.contract.ts";
import { cancelVisit } from "../visits/cancel-visit.ts";
import { checkEligibilityContract } from "../visits/check-eligibility.contract.ts";
import { checkEligibility } from "../visits/check-eligibility.ts";
import { dischargeWorkerContract } from "../visits/discharge-worker.contract.ts";
import { dischargeWorker } from "../visits/discharge-worker.ts";
import { findVisitsContract } from "../visits/find-visits.contract.ts";
import { findVisits } from "../visits/find-visits.ts";
import { getVisitContract } from "../visits/get-visit.contract.ts";
import { getVisit } from "../visits/get-visit.ts";
import { listChargesContract } from "../visits/list-charges.contract.ts";
import { listCharges } from "../visits/list-charges.ts";
import { listVisitsContract } from "../visits/list-visits.contract.ts";
import { listVisits } from "../visits/list-visits.ts";
import { recordAdvanceContract } from "../visits/record-advance.contract.ts";
import { recordAdvance } from "../visits/record-advance.ts";
import { registerVisitContract } from "../visits/register-visit.contract.ts";
import { registerVisit } from "../visits/register-visit.ts";
import { revokeChargesContract } from "../visits/revoke-charges.contract.ts";
import { revokeCharges } from "../visits/revoke-charges.ts";
import { uploadChargesContract } from "../visits/upload-charges.contract.ts";
import { uploadCharges } from "../visits/upload-charges.ts";
import { bindWebhooks } from "../webhooks/bind-webhooks.ts";

/** All operations of designated hospitals, each with its code. */
export const bindAll = (services: Services): BoundOperation[] => [
  bind(getAgreementContract, getAgreement(services)),
  bind(checkEligibilityContract, checkEligibility(services)),
  bindMessage(registerVisitContract, registerVisit(services)),
  bind(listVisitsContract, listVisits(services)),
  bind(findVisitsContract, findVisits(services)),
  bind(getVisitContract, getVisit(services)),
  bind(amendVisitContract, amendVisit(services)),
  bindMessage(uploadChargesContract, uploadCharges(services)),
  bind(listChargesContract, listCharges(services)),
  bindMessage(revokeChargesContract, revokeCharges(services)),
  bindMessage(dischargeWorkerContract, dischargeWorker(services)),
  bindMessage(cancelDischargeContract, cancelDischarge(services)),
  bindMessage(recordAdvanceContract, recordAdvance(services)),
  bindMessage(cancelVisitContract, cancelVisit(services)),
  bind(previewSettlementContract, previewSettlement(services)),
  bindMessage(settleVisitContract, settleVisit(services)),
  bind(getSettlementContract, getSettlement(services)),
  bindMessage(reverseSettlementContract, reverseSettlement(services)),
  bind(getMessageContract, getMessage(services)),
  bindMessage(cancelMessageContract, cancelMessage(services)),
  bind(listSettlementLinesContract, listSettlementLines(services)),
  bind(listHospitalEventsContract, listHospitalEvents(services)),
  bindMessage(reconcileDayContract, reconcileDay(services)),
  bindMessage(postReconciliationDetailsContract, postReconciliationDetails(services)),
  bindMessage(openReconciliationUploadContract, openReconciliationUpload(services)),
  bind(getReconciliationContract, getReconciliation(services)),
  bind(listDifferencesContract, listDifferences(services)),
  ...bindWebhooks(services, "hospital"),
];
