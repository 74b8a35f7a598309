import { getCatalogueItemContract } from "../catalogue/get-catalogue-item.contract.ts";
import { getCatalogueItem } from "../catalogue/get-catalogue-item.ts";
import { importCatalogueContract } from "../catalogue/import-catalogue.contract.ts";
import { importCatalogue } from "../catalogue/import-catalogue.ts";
import { listPoliciesContract } from "../catalogue/list-policies.contract.ts";
import { listPolicies } from "../catalogue/list-policies.ts";
import { previewCatalogueContract } from "../catalogue/preview-catalogue.contract.ts";
import { previewCatalogue } from "../catalogue/preview-catalogue.ts";
import { putPolicyContract } from "../catalogue/put-policy.contract.ts";
import { putPolicy } from "../catalogue/put-policy.ts";
import { removeCataloguePeriodContract } from "../catalogue/remove-catalogue-period.contract.ts";
import { removeCataloguePeriod } from "../catalogue/remove-catalogue-period.ts";
import { listAgencyEventsContract } from "../events/list-events.contract.ts";
import { listAgencyEvents } from "../events/list-events.ts";
import { type BoundOperation, bind, bindMessage } from "../kit/bind.ts";
import type { AgencyServices } from "../registry/agency-services.ts";
import { correctEmployerContract } from "../registry/correct-employer.contract.ts";
import { correctEmployer } from "../registry/correct-employer.ts";
import { correctIdentityContract } from "../registry/correct-identity.contract.ts";
import { correctIdentity } from "../registry/correct-identity.ts";
import { findWorkerContract } from "../registry/find-worker.contract.ts";
import { findWorker } from "../registry/find-worker.ts";
import { getCaseContract } from "../registry/get-case.contract.ts";
import { getCase } from "../registry/get-case.ts";
import { getEmployerContract } from "../registry/get-employer.contract.ts";
import { getEmployer } from "../registry/get-employer.ts";
import { getHospitalContract } from "../registry/get-hospital.contract.ts";
import { getHospital } from "../registry/get-hospital.ts";
import { getWorkerContract } from "../registry/get-worker.contract.ts";
import { getWorker } from "../registry/get-worker.ts";
import { linkCaseContract } from "../registry/link-case.contract.ts";
import { linkCase } from "../registry/link-case.ts";
import { putCaseContract } from "../registry/put-case.contract.ts";
import { putCase } from "../registry/put-case.ts";
import { putEmployerContract } from "../registry/put-employer.contract.ts";
import { putEmployer } from "../registry/put-employer.ts";
import { putHospitalContract } from "../registry/put-hospital.contract.ts";
import { putHospital } from "../registry/put-hospital.ts";
import { putWorkerContract } from "../registry/put-worker.contract.ts";
import { putWorker } from "../registry/put-worker.ts";
import { getAgencySettlementContract } from "../settlements/get-agency-settlement.contract.ts";
import { getAgencySettlement } from "../settlements/get-agency-settlement.ts";
import { listAgencySettlementLinesContract } from "../settlements/list-agency-settlement-lines.contract.ts";
import { listAgencySettlementLines } from "../settlements/list-agency-settlement-lines.ts";
import { getAgencyVisitContract } from "../visits/get-agency-visit.contract.ts";
import { getAgencyVisit } from "../visits/get-agency-visit.ts";
import { listAgencyChargesContract } from "../visits/list-agency-charges.contract.ts";
import { listAgencyCharges } from "../visits/list-agency-charges.ts";
import { releaseBedContract } from "../visits/release-bed.contract.ts";
import { releaseBed } from "../visits/release-bed.ts";
import { bindWebhooks } from "../webhooks/bind-webhooks.ts";

/** All operations of the agency, each with its code. */
export const bindAll = (services: AgencyServices): BoundOperation[] => [
  bind(putHospitalContract, putHospital(services)),
  bind(getHospitalContract, getHospital(services)),
  bind(putEmployerContract, putEmployer(services)),
  bind(getEmployerContract, getEmployer(services)),
  bindMessage(putWorkerContract, putWorker(services)),
  bindMessage(correctIdentityContract, correctIdentity(services)),
  bind(findWorkerContract, findWorker(services)),
  bind(getWorkerContract, getWorker(services)),
  bind(putCaseContract, putCase(services)),
  bind(getCaseContract, getCase(services)),
  bindMessage(correctEmployerContract, correctEmployer(services)),
  bindMessage(linkCaseContract, linkCase(services)),
  bindMessage(releaseBedContract, releaseBed(services)),
  bindMessage(importCatalogueContract, importCatalogue(services)),
  bind(previewCatalogueContract, previewCatalogue(services)),
  bindMessage(removeCataloguePeriodContract, removeCataloguePeriod(services)),
  bind(getCatalogueItemContract, getCatalogueItem(services)),
  bind(putPolicyContract, putPolicy(services)),
  bind(listPoliciesContract, listPolicies(services)),
  bind(getAgencyVisitContract, getAgencyVisit(services)),
  bind(listAgencyChargesContract, listAgencyCharges(services)),
  bind(getAgencySettlementContract, getAgencySettlement(services)),
  bind(listAgencySettlementLinesContract, listAgencySettlementLines(services)),
  bind(listAgencyEventsContract, listAgencyEvents(services)),
  ...bindWebhooks(services, "agency"),
];
