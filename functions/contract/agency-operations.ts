import { referenceOperations } from "../catalogue/catalogue-operations.ts";
import { listAgencyEvents } from "../events/feed-operation.ts";
import type { OperationDefinition } from "../kit/operation.ts";
import { caseOperations } from "../registry/case-operations.ts";
import { institutionOperations } from "../registry/institution-operations.ts";
import { workerOperations } from "../registry/worker-operations.ts";
import { visitOperations } from "../visits/agency-visit-operations.ts";
import { makeWebhookOperations } from "../webhooks/webhook-operations.ts";

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
