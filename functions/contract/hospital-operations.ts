import { listHospitalEvents } from "../events/feed-operation.ts";
import type { OperationDefinition } from "../kit/operation.ts";
import { messageOperations } from "../messages/message-operations.ts";
import { reconciliationOperations } from "../reconciliation/reconciliation-operations.ts";
import { settlementOperations } from "../settlements/settlement-operations.ts";
import { chargeOperations } from "../visits/charge-operations.ts";
import { visitOperations } from "../visits/visit-operations.ts";
import { makeWebhookOperations } from "../webhooks/webhook-operations.ts";

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
