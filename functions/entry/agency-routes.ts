import { getCatalogueItem } from "../catalogue/get-catalogue-item.ts";
import { importCatalogue } from "../catalogue/import-catalogue.ts";
import { listPolicies } from "../catalogue/list-policies.ts";
import { previewCatalogue } from "../catalogue/preview-catalogue.ts";
import { putPolicy } from "../catalogue/put-policy.ts";
import { removeCataloguePeriod } from "../catalogue/remove-catalogue-period.ts";
import { agencyOperations as operations, webhookOperations } from "../contract/agency-operations.ts";
import { listAgencyEvents } from "../events/list-events.ts";
import { type BoundOperation, bind, bindMessage } from "../kit/bind.ts";
import type { AgencyServices } from "../registry/agency-services.ts";
import { correctEmployer } from "../registry/correct-employer.ts";
import { correctIdentity } from "../registry/correct-identity.ts";
import { findWorker } from "../registry/find-worker.ts";
import { getCase } from "../registry/get-case.ts";
import { getEmployer } from "../registry/get-employer.ts";
import { getHospital } from "../registry/get-hospital.ts";
import { getWorker } from "../registry/get-worker.ts";
import { linkCase } from "../registry/link-case.ts";
import { putCase } from "../registry/put-case.ts";
import { putEmployer } from "../registry/put-employer.ts";
import { putHospital } from "../registry/put-hospital.ts";
import { putWorker } from "../registry/put-worker.ts";
import { getAgencySettlement } from "../settlements/get-agency-settlement.ts";
import { listAgencySettlementLines } from "../settlements/list-agency-settlement-lines.ts";
import { getAgencyVisit } from "../visits/get-agency-visit.ts";
import { listAgencyCharges } from "../visits/list-agency-charges.ts";
import { releaseBed } from "../visits/release-bed.ts";
import { bindWebhooks } from "../webhooks/bind-webhooks.ts";

/** All operations of the agency, each with its code. */
export const bindAll = (services: AgencyServices): BoundOperation[] => [
  bind(operations.putHospital, putHospital(services)),
  bind(operations.getHospital, getHospital(services)),
  bind(operations.putEmployer, putEmployer(services)),
  bind(operations.getEmployer, getEmployer(services)),
  bindMessage(operations.putWorker, putWorker(services)),
  bindMessage(operations.correctIdentity, correctIdentity(services)),
  bind(operations.findWorker, findWorker(services)),
  bind(operations.getWorker, getWorker(services)),
  bind(operations.putCase, putCase(services)),
  bind(operations.getCase, getCase(services)),
  bindMessage(operations.correctEmployer, correctEmployer(services)),
  bindMessage(operations.linkCase, linkCase(services)),
  bindMessage(operations.releaseBed, releaseBed(services)),
  bindMessage(operations.importCatalogue, importCatalogue(services)),
  bind(operations.previewCatalogue, previewCatalogue(services)),
  bindMessage(operations.removeCataloguePeriod, removeCataloguePeriod(services)),
  bind(operations.getCatalogueItem, getCatalogueItem(services)),
  bind(operations.putPolicy, putPolicy(services)),
  bind(operations.listPolicies, listPolicies(services)),
  bind(operations.getAgencyVisit, getAgencyVisit(services)),
  bind(operations.listAgencyCharges, listAgencyCharges(services)),
  bind(operations.getAgencySettlement, getAgencySettlement(services)),
  bind(operations.listAgencySettlementLines, listAgencySettlementLines(services)),
  bind(operations.listAgencyEvents, listAgencyEvents(services)),
  ...bindWebhooks(services, "agency", webhookOperations),
];
