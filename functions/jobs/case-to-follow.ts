import type { EventType, ServiceEvent } from "../../shared/domain/events/service-event.ts";

/**
 * Events that ask for a look at their case: a case that was stated anew, and every claim that came to rest on a
 * case which may have changed at that very moment. On AWS the pipe from the table's stream passes these on.
 */
export const followedEvents = [
  "CASE_CHANGED",
  "CLAIM_REGISTERED",
  "CLAIM_LINKED",
  "CLAIM_DEFERRED",
  "CLAIM_SETTLED",
  "CLAIM_PARTLY_SETTLED",
  "CLAIM_RESTORED",
  "CLAIM_REVERSED",
] as const satisfies readonly EventType[];

/** The case that an event asks to look at; undefined where it asks for nothing. */
export const caseToFollow = ({ type, caseNo }: ServiceEvent): string | undefined =>
  followedEvents.some((followed) => followed === type) ? caseNo : undefined;
