import type { EventType, ServiceEvent } from "../../shared/domain/events/service-event.ts";

/**
 * Events that the job follow-case-decision follows: a case, worker or employer that was stated anew, and every claim that
 * came to rest on one of these, which may have changed at that very moment. On AWS the pipe from the table's stream passes these on.
 */
export const followedEvents = [
  "CASE_CHANGED",
  "WORKER_CHANGED",
  "EMPLOYER_CHANGED",
  "CLAIM_REGISTERED",
  "CLAIM_LINKED",
  "CLAIM_DEFERRED",
  "CLAIM_SETTLED",
  "CLAIM_PARTLY_SETTLED",
  "CLAIM_RESTORED",
  "CLAIM_REVERSED",
  "CLAIM_BLOCKED",
] as const satisfies readonly EventType[];

const statedByAgency: readonly EventType[] = ["CASE_CHANGED", "WORKER_CHANGED", "EMPLOYER_CHANGED"];

/** Whether a task is about one visit. */
export const isOfVisit = ({ type }: FollowTask): boolean => !statedByAgency.includes(type);

/** What the job is told of an event: it looks at the subject as it stands by then. */
export interface FollowTask extends Pick<ServiceEvent, "type" | "subject"> {
  /** Of a visit; empty for a case, a worker or an employer. */
  readonly hospitalCode: string;
}

/** What the job is asked by an event; undefined where it asks for nothing. */
export const toFollowTask = ({ type, subject, hospitalCode }: ServiceEvent): FollowTask | undefined =>
  followedEvents.some((followed) => followed === type)
    ? { type, subject, hospitalCode: hospitalCode ?? "" }
    : undefined;
