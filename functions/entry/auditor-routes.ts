import { auditorOperations as operations } from "../audit/audit-operations.ts";
import { listAuditEvents } from "../audit/list-audit-events.ts";
import { type BoundOperation, bind } from "../kit/bind.ts";
import type { Services } from "../kit/services.ts";

/** All operations of auditors, each with its code. */
export const bindAll = (services: Services): BoundOperation[] => [
  bind(operations.listAuditEvents, listAuditEvents(services)),
];
