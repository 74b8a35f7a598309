import { listHospitalEvents } from "../feed/feed-operation.ts";
import type { OperationDefinition } from "../operation.ts";
import { makeWebhookOperations } from "../webhooks/webhook-operations.ts";
import { chargeOperations } from "./operations/charges.ts";
import { messageOperations } from "./operations/messages.ts";
import { reconciliationOperations } from "./operations/reconciliations.ts";
import { settlementOperations } from "./operations/settlements.ts";
import { visitOperations } from "./operations/visits.ts";

export const webhookOperations = makeWebhookOperations("hospital");

/** Every operation of designated hospitals. */
export const hospitalOperations = {
  ...visitOperations,
  ...chargeOperations,
  ...settlementOperations,
  ...messageOperations,
  listHospitalEvents,
  ...reconciliationOperations,
  ...webhookOperations,
} as const satisfies Record<string, OperationDefinition>;
