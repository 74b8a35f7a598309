import { type BoundOperation, bind, bindMessage } from "../bind.ts";
import { listAgencyEvents } from "../feed/list-events.ts";
import { bindWebhooks } from "../webhooks/bound-operations.ts";
import type { AgencyServices } from "./agency-services.ts";
import { getWorker } from "./get-worker.ts";
import { importCatalogue } from "./import-catalogue.ts";
import { linkCase } from "./link-case.ts";
import { agencyOperations as operations, webhookOperations } from "./operations.ts";
import { putCase } from "./put-case.ts";
import { putEmployer } from "./put-employer.ts";
import { putHospital } from "./put-hospital.ts";
import { putPolicy } from "./put-policy.ts";
import { putWorker } from "./put-worker.ts";

/** All operations of the agency, each with its code. */
export const bindAll = (services: AgencyServices): BoundOperation[] => [
  bind(operations.putHospital, putHospital(services)),
  bind(operations.putEmployer, putEmployer(services)),
  bindMessage(operations.putWorker, putWorker(services)),
  bind(operations.getWorker, getWorker(services)),
  bind(operations.putCase, putCase(services)),
  bindMessage(operations.linkCase, linkCase(services)),
  bindMessage(operations.importCatalogue, importCatalogue(services)),
  bind(operations.putPolicy, putPolicy(services)),
  bind(operations.listAgencyEvents, listAgencyEvents(services)),
  ...bindWebhooks(services, "agency", webhookOperations),
];
