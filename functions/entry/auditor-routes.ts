import { listAuditEventsContract } from "../audit/list-audit-events.contract.ts";
import { listAuditEvents } from "../audit/list-audit-events.ts";
import { type BoundOperation, bind } from "../kit/bind.ts";
import type { Services } from "../kit/services.ts";

/** All operations of auditors, each with its code. */
export const bindAll = (services: Services): BoundOperation[] => [
  bind(listAuditEventsContract, listAuditEvents(services)),
];
