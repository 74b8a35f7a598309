import { type BoundOperation, bind } from "../bind.ts";
import type { Services } from "../services.ts";
import { listAuditEvents } from "./list-audit-events.ts";
import { auditorOperations as operations } from "./operations.ts";

/** All operations of auditors, each with its code. */
export const bindAll = (services: Services): BoundOperation[] => [
  bind(operations.listAuditEvents, listAuditEvents(services)),
];
