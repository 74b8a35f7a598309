import { listAuditEventsContract } from "../audit/list-audit-events.contract.ts";
import { getCatalogueItemContract } from "../catalogue/get-catalogue-item.contract.ts";
import { importCatalogueContract } from "../catalogue/import-catalogue.contract.ts";
import { listPoliciesContract } from "../catalogue/list-policies.contract.ts";
import { previewCatalogueContract } from "../catalogue/preview-catalogue.contract.ts";
import { putPolicyContract } from "../catalogue/put-policy.contract.ts";
import { removeCataloguePeriodContract } from "../catalogue/remove-catalogue-period.contract.ts";
import {
  listAgencyEventsContract,
  listEnterpriseEventsContract,
  listHospitalEventsContract,
} from "../events/list-events.contract.ts";
import type { OperationContract } from "../kit/operation.ts";
import { cancelMessageContract } from "../messages/cancel-message.contract.ts";
import { getMessageContract } from "../messages/get-message.contract.ts";
import { getReconciliationContract } from "../reconciliation/get-reconciliation.contract.ts";
import { listDifferencesContract } from "../reconciliation/list-differences.contract.ts";
import { listReconciliationsContract } from "../reconciliation/list-reconciliations.contract.ts";
import { openReconciliationUploadContract } from "../reconciliation/open-reconciliation-upload.contract.ts";
import { postReconciliationDetailsContract } from "../reconciliation/post-reconciliation-details.contract.ts";
import { reconcileDayContract } from "../reconciliation/reconcile-day.contract.ts";
import { correctEmployerContract } from "../registry/correct-employer.contract.ts";
import { correctIdentityContract } from "../registry/correct-identity.contract.ts";
import { findWorkerContract } from "../registry/find-worker.contract.ts";
import { getAgreementContract } from "../registry/get-agreement.contract.ts";
import { getCaseContract } from "../registry/get-case.contract.ts";
import { getEmployerContract } from "../registry/get-employer.contract.ts";
import { getHospitalContract } from "../registry/get-hospital.contract.ts";
import { getWorkerContract } from "../registry/get-worker.contract.ts";
import { linkCaseContract } from "../registry/link-case.contract.ts";
import { putCaseContract } from "../registry/put-case.contract.ts";
import { putEmployerContract } from "../registry/put-employer.contract.ts";
import { putHospitalContract } from "../registry/put-hospital.contract.ts";
import { putWorkerContract } from "../registry/put-worker.contract.ts";
import { summariseClaimsContract } from "../reports/summarise-claims.contract.ts";
import { summariseSettlementsContract } from "../reports/summarise-settlements.contract.ts";
import { getAgencySettlementContract } from "../settlements/get-agency-settlement.contract.ts";
import { getSettlementContract } from "../settlements/get-settlement.contract.ts";
import { listAgencySettlementLinesContract } from "../settlements/list-agency-settlement-lines.contract.ts";
import { listDeferredClaimsContract } from "../settlements/list-deferred-claims.contract.ts";
import { listSettlementLinesContract } from "../settlements/list-settlement-lines.contract.ts";
import { previewSettlementContract } from "../settlements/preview-settlement.contract.ts";
import { reverseSettlementContract } from "../settlements/reverse-settlement.contract.ts";
import { settleVisitContract } from "../settlements/settle-visit.contract.ts";
import { amendVisitContract } from "../visits/amend-visit.contract.ts";
import { cancelDischargeContract } from "../visits/cancel-discharge.contract.ts";
import { cancelVisitContract } from "../visits/cancel-visit.contract.ts";
import { checkEligibilityContract } from "../visits/check-eligibility.contract.ts";
import { dischargeWorkerContract } from "../visits/discharge-worker.contract.ts";
import { findVisitsContract } from "../visits/find-visits.contract.ts";
import { getAgencyVisitContract } from "../visits/get-agency-visit.contract.ts";
import { getClaimContract } from "../visits/get-claim.contract.ts";
import { getVisitContract } from "../visits/get-visit.contract.ts";
import { listAgencyChargesContract } from "../visits/list-agency-charges.contract.ts";
import { listChargesContract } from "../visits/list-charges.contract.ts";
import { listClaimsContract } from "../visits/list-claims.contract.ts";
import { listVisitsContract } from "../visits/list-visits.contract.ts";
import { recordAdvanceContract } from "../visits/record-advance.contract.ts";
import { registerVisitContract } from "../visits/register-visit.contract.ts";
import { releaseBedContract } from "../visits/release-bed.contract.ts";
import { revokeChargesContract } from "../visits/revoke-charges.contract.ts";
import { uploadChargesContract } from "../visits/upload-charges.contract.ts";
import { webhookContracts } from "../webhooks/webhooks.contract.ts";
import { getDocsContract } from "./get-docs.contract.ts";
import { getHealthContract } from "./get-health.contract.ts";
import { getOpenapiContract } from "./get-openapi.contract.ts";

/** Every operation of the service by who calls it, and nothing else is one. */
const contracts = [
  // hospital
  getAgreementContract,
  checkEligibilityContract,
  registerVisitContract,
  listVisitsContract,
  findVisitsContract,
  getVisitContract,
  amendVisitContract,
  dischargeWorkerContract,
  cancelDischargeContract,
  recordAdvanceContract,
  cancelVisitContract,
  uploadChargesContract,
  listChargesContract,
  revokeChargesContract,
  previewSettlementContract,
  settleVisitContract,
  getSettlementContract,
  listSettlementLinesContract,
  reverseSettlementContract,
  getMessageContract,
  cancelMessageContract,
  listHospitalEventsContract,
  reconcileDayContract,
  postReconciliationDetailsContract,
  openReconciliationUploadContract,
  getReconciliationContract,
  listDifferencesContract,
  ...Object.values(webhookContracts.hospital),
  // enterprise
  listClaimsContract,
  getClaimContract,
  summariseClaimsContract,
  listEnterpriseEventsContract,
  ...Object.values(webhookContracts.enterprise),
  // finance
  summariseSettlementsContract,
  listDeferredClaimsContract,
  listReconciliationsContract,
  // agency
  putHospitalContract,
  getHospitalContract,
  putEmployerContract,
  getEmployerContract,
  putWorkerContract,
  correctIdentityContract,
  findWorkerContract,
  getWorkerContract,
  putCaseContract,
  getCaseContract,
  correctEmployerContract,
  linkCaseContract,
  importCatalogueContract,
  previewCatalogueContract,
  removeCataloguePeriodContract,
  getCatalogueItemContract,
  putPolicyContract,
  listPoliciesContract,
  getAgencyVisitContract,
  releaseBedContract,
  listAgencyChargesContract,
  getAgencySettlementContract,
  listAgencySettlementLinesContract,
  listAgencyEventsContract,
  ...Object.values(webhookContracts.agency),
  // auditor
  listAuditEventsContract,
  // public
  getHealthContract,
  getOpenapiContract,
  getDocsContract,
] as const satisfies readonly OperationContract[];

/** The id of any operation: a record by it lacks none. */
export type OperationId = (typeof contracts)[number]["id"];

/** Messages whose effect a cancellation takes back: each has a plan. */
export type UndoneOperationId = Extract<(typeof contracts)[number], { readonly undo: "PLANNED" }>["id"];

export const operations: readonly OperationContract[] = contracts;
