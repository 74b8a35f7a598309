import { listAgencyEvents } from "../feed/feed-operation.ts";
import type { OperationDefinition } from "../operation.ts";
import { makeWebhookOperations } from "../webhooks/webhook-operations.ts";
import { caseOperations } from "./operations/cases.ts";
import { institutionOperations } from "./operations/institutions.ts";
import { referenceOperations } from "./operations/references.ts";
import { visitOperations } from "./operations/visits.ts";
import { workerOperations } from "./operations/workers.ts";

export const webhookOperations = makeWebhookOperations("agency");

/** Every operation of the agency. */
export const agencyOperations = {
  ...institutionOperations,
  ...workerOperations,
  ...caseOperations,
  ...referenceOperations,
  ...visitOperations,
  listAgencyEvents,
  ...webhookOperations,
} as const satisfies Record<string, OperationDefinition>;
