import { type BoundOperation, bind, bindMessage } from "../bind.ts";
import { listAgencyEvents } from "../feed/list-events.ts";
import { bindWebhooks } from "../webhooks/bound-operations.ts";
import type { AgencyServices } from "./agency-services.ts";
import { correctEmployer } from "./correct-employer.ts";
import { correctIdentity } from "./correct-identity.ts";
import { findWorker } from "./find-worker.ts";
import { getAgencySettlement } from "./get-agency-settlement.ts";
import { getAgencyVisit } from "./get-agency-visit.ts";
import { getCase } from "./get-case.ts";
import { getCatalogueItem } from "./get-catalogue-item.ts";
import { getEmployer } from "./get-employer.ts";
import { getHospital } from "./get-hospital.ts";
import { getWorker } from "./get-worker.ts";
import { importCatalogue } from "./import-catalogue.ts";
import { linkCase } from "./link-case.ts";
import { listAgencyCharges } from "./list-agency-charges.ts";
import { listAgencySettlementLines } from "./list-agency-settlement-lines.ts";
import { listPolicies } from "./list-policies.ts";
import { agencyOperations as operations, webhookOperations } from "./operations.ts";
import { previewCatalogue } from "./preview-catalogue.ts";
import { putCase } from "./put-case.ts";
import { putEmployer } from "./put-employer.ts";
import { putHospital } from "./put-hospital.ts";
import { putPolicy } from "./put-policy.ts";
import { putWorker } from "./put-worker.ts";
import { releaseBed } from "./release-bed.ts";
import { removeCataloguePeriod } from "./remove-catalogue-period.ts";

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
