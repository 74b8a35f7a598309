import { listAuditEventsDocs } from "../audit/list-audit-events.contract.ts";
import { getCatalogueItemDocs } from "../catalogue/get-catalogue-item.contract.ts";
import { importCatalogueDocs } from "../catalogue/import-catalogue.contract.ts";
import { listPoliciesDocs } from "../catalogue/list-policies.contract.ts";
import { previewCatalogueDocs } from "../catalogue/preview-catalogue.contract.ts";
import { putPolicyDocs } from "../catalogue/put-policy.contract.ts";
import { removeCataloguePeriodDocs } from "../catalogue/remove-catalogue-period.contract.ts";
import { listEventsDocs } from "../events/list-events.contract.ts";
import type { OperationContract, OperationDocs } from "../kit/operation.ts";
import { cancelMessageDocs } from "../messages/cancel-message.contract.ts";
import { getMessageDocs } from "../messages/get-message.contract.ts";
import { getReconciliationDocs } from "../reconciliation/get-reconciliation.contract.ts";
import { listDifferencesDocs } from "../reconciliation/list-differences.contract.ts";
import { listReconciliationsDocs } from "../reconciliation/list-reconciliations.contract.ts";
import { openReconciliationUploadDocs } from "../reconciliation/open-reconciliation-upload.contract.ts";
import { postReconciliationDetailsDocs } from "../reconciliation/post-reconciliation-details.contract.ts";
import { reconcileDayDocs } from "../reconciliation/reconcile-day.contract.ts";
import { correctEmployerDocs } from "../registry/correct-employer.contract.ts";
import { correctIdentityDocs } from "../registry/correct-identity.contract.ts";
import { findWorkerDocs } from "../registry/find-worker.contract.ts";
import { getAgreementDocs } from "../registry/get-agreement.contract.ts";
import { getCaseDocs } from "../registry/get-case.contract.ts";
import { getEmployerDocs } from "../registry/get-employer.contract.ts";
import { getHospitalDocs } from "../registry/get-hospital.contract.ts";
import { getWorkerDocs } from "../registry/get-worker.contract.ts";
import { linkCaseDocs } from "../registry/link-case.contract.ts";
import { putCaseDocs } from "../registry/put-case.contract.ts";
import { putEmployerDocs } from "../registry/put-employer.contract.ts";
import { putHospitalDocs } from "../registry/put-hospital.contract.ts";
import { putWorkerDocs } from "../registry/put-worker.contract.ts";
import { summariseClaimsDocs } from "../reports/summarise-claims.contract.ts";
import { summariseSettlementsDocs } from "../reports/summarise-settlements.contract.ts";
import { getAgencySettlementDocs } from "../settlements/get-agency-settlement.contract.ts";
import { getSettlementDocs } from "../settlements/get-settlement.contract.ts";
import { listAgencySettlementLinesDocs } from "../settlements/list-agency-settlement-lines.contract.ts";
import { listDeferredClaimsDocs } from "../settlements/list-deferred-claims.contract.ts";
import { listSettlementLinesDocs } from "../settlements/list-settlement-lines.contract.ts";
import { previewSettlementDocs } from "../settlements/preview-settlement.contract.ts";
import { reverseSettlementDocs } from "../settlements/reverse-settlement.contract.ts";
import { settleVisitDocs } from "../settlements/settle-visit.contract.ts";
import { amendVisitDocs } from "../visits/amend-visit.contract.ts";
import { cancelDischargeDocs } from "../visits/cancel-discharge.contract.ts";
import { cancelVisitDocs } from "../visits/cancel-visit.contract.ts";
import { checkEligibilityDocs } from "../visits/check-eligibility.contract.ts";
import { dischargeWorkerDocs } from "../visits/discharge-worker.contract.ts";
import { findVisitsDocs } from "../visits/find-visits.contract.ts";
import { getAgencyVisitDocs } from "../visits/get-agency-visit.contract.ts";
import { getClaimDocs } from "../visits/get-claim.contract.ts";
import { getVisitDocs } from "../visits/get-visit.contract.ts";
import { listAgencyChargesDocs } from "../visits/list-agency-charges.contract.ts";
import { listChargesDocs } from "../visits/list-charges.contract.ts";
import { listClaimsDocs } from "../visits/list-claims.contract.ts";
import { listVisitsDocs } from "../visits/list-visits.contract.ts";
import { recordAdvanceDocs } from "../visits/record-advance.contract.ts";
import { registerVisitDocs } from "../visits/register-visit.contract.ts";
import { releaseBedDocs } from "../visits/release-bed.contract.ts";
import { revokeChargesDocs } from "../visits/revoke-charges.contract.ts";
import { uploadChargesDocs } from "../visits/upload-charges.contract.ts";
import { webhookDocs } from "../webhooks/webhooks.contract.ts";
import { getDocsDocs } from "./get-docs.contract.ts";
import { getHealthDocs } from "./get-health.contract.ts";
import { getOpenapiDocs } from "./get-openapi.contract.ts";
import type { OperationId } from "./operations.ts";

/** What the contract's pages say of each operation. It does not compile without any of them. */
export const operationDocs: Readonly<Record<OperationId, () => OperationDocs>> = {
  // hospital
  "get-agreement": getAgreementDocs,
  "check-eligibility": checkEligibilityDocs,
  "register-visit": registerVisitDocs,
  "list-visits": listVisitsDocs,
  "find-visits": findVisitsDocs,
  "get-visit": getVisitDocs,
  "amend-visit": amendVisitDocs,
  "discharge-worker": dischargeWorkerDocs,
  "cancel-discharge": cancelDischargeDocs,
  "record-advance": recordAdvanceDocs,
  "cancel-visit": cancelVisitDocs,
  "upload-charges": uploadChargesDocs,
  "list-charges": listChargesDocs,
  "revoke-charges": revokeChargesDocs,
  "preview-settlement": previewSettlementDocs,
  "settle-visit": settleVisitDocs,
  "get-settlement": getSettlementDocs,
  "list-settlement-lines": listSettlementLinesDocs,
  "reverse-settlement": reverseSettlementDocs,
  "get-message": getMessageDocs,
  "cancel-message": cancelMessageDocs,
  "list-hospital-events": listEventsDocs,
  "reconcile-day": reconcileDayDocs,
  "post-reconciliation-details": postReconciliationDetailsDocs,
  "open-reconciliation-upload": openReconciliationUploadDocs,
  "get-reconciliation": getReconciliationDocs,
  "list-differences": listDifferencesDocs,
  "put-hospital-webhook": webhookDocs.putWebhook,
  "list-hospital-webhooks": webhookDocs.listWebhooks,
  "list-hospital-deliveries": webhookDocs.listDeliveries,
  "redeliver-hospital-event": webhookDocs.redeliverEvent,
  // enterprise
  "list-claims": listClaimsDocs,
  "get-claim": getClaimDocs,
  "summarise-claims": summariseClaimsDocs,
  "list-enterprise-events": listEventsDocs,
  "put-enterprise-webhook": webhookDocs.putWebhook,
  "list-enterprise-webhooks": webhookDocs.listWebhooks,
  "list-enterprise-deliveries": webhookDocs.listDeliveries,
  "redeliver-enterprise-event": webhookDocs.redeliverEvent,
  // finance
  "summarise-settlements": summariseSettlementsDocs,
  "list-deferred-claims": listDeferredClaimsDocs,
  "list-reconciliations": listReconciliationsDocs,
  // agency
  "put-hospital": putHospitalDocs,
  "get-hospital": getHospitalDocs,
  "put-employer": putEmployerDocs,
  "get-employer": getEmployerDocs,
  "put-worker": putWorkerDocs,
  "correct-identity": correctIdentityDocs,
  "find-worker": findWorkerDocs,
  "get-worker": getWorkerDocs,
  "put-case": putCaseDocs,
  "get-case": getCaseDocs,
  "correct-employer": correctEmployerDocs,
  "link-case": linkCaseDocs,
  "import-catalogue": importCatalogueDocs,
  "preview-catalogue": previewCatalogueDocs,
  "remove-catalogue-period": removeCataloguePeriodDocs,
  "get-catalogue-item": getCatalogueItemDocs,
  "put-policy": putPolicyDocs,
  "list-policies": listPoliciesDocs,
  "get-agency-visit": getAgencyVisitDocs,
  "release-bed": releaseBedDocs,
  "list-agency-charges": listAgencyChargesDocs,
  "get-agency-settlement": getAgencySettlementDocs,
  "list-agency-settlement-lines": listAgencySettlementLinesDocs,
  "list-agency-events": listEventsDocs,
  "put-agency-webhook": webhookDocs.putWebhook,
  "list-agency-webhooks": webhookDocs.listWebhooks,
  "list-agency-deliveries": webhookDocs.listDeliveries,
  "redeliver-agency-event": webhookDocs.redeliverEvent,
  // auditor
  "list-audit-events": listAuditEventsDocs,
  // public
  "get-health": getHealthDocs,
  "get-openapi": getOpenapiDocs,
  "get-docs": getDocsDocs,
};

const docsById: ReadonlyMap<string, () => OperationDocs> = new Map(Object.entries(operationDocs));

/** What the contract's pages say of an operation of the list. Throws where it is none of it. */
export function docsOf({ id }: Pick<OperationContract, "id">): OperationDocs {
  const docs = docsById.get(id);
  if (docs === undefined) throw new Error(`${id} is no operation of the contract`);
  return docs();
}
