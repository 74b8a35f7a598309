import type { Instant } from "../dates.ts";
import type { EventType, ServiceEvent } from "../events/service-event.ts";
import { leaseFrom, nextAttemptAfter } from "./delivery-schedule.ts";
import type { Webhook, WebhookOwner } from "./webhook.ts";

export const deliveryStatuses = ["PENDING", "DELIVERED", "FAILED"] as const;
export type DeliveryStatus = (typeof deliveryStatuses)[number];

/** Why an attempt met no answer. */
export const attemptErrors = [
  "TIMED_OUT",
  "NAME_UNKNOWN",
  "ADDRESS_NOT_PUBLIC",
  "URL_NOT_ALLOWED",
  "TLS_FAILED",
  "CONNECTION_FAILED",
  "WEBHOOK_INACTIVE",
  "SECRET_UNREADABLE",
] as const;
export type AttemptError = (typeof attemptErrors)[number];

/** How an attempt ended: the receiver's HTTP status, or why there is none. */
export type AttemptOutcome = { readonly status: number } | { readonly error: AttemptError };

export interface DeliveryAttempt {
  readonly at: Instant;
  readonly status?: number | undefined;
  readonly error?: AttemptError | undefined;
  readonly durationMs: number;
}

/** One event on its way to one webhook. */
export interface Delivery extends WebhookOwner {
  readonly webhookId: string;
  readonly eventId: string;
  readonly type: EventType;
  /** The event's place among all others; deliveries are listed by it. */
  readonly order: string;
  /** The same bytes at every attempt. */
  readonly body: string;
  readonly status: DeliveryStatus;
  /** The latest, the oldest of them first. */
  readonly attempts: readonly DeliveryAttempt[];
  /** Since when it is tried, and how often it failed since: a redelivery starts anew. */
  readonly startedAt: Instant;
  readonly failures: number;
  /** Absent where no attempt is due any more. */
  readonly nextAttemptAt?: Instant | undefined;
  readonly version: number;
}

/** A delivery whose first attempt is about to be made by whoever writes it, or left for a little later. */
export const startDelivery = (
  { audience, institution, webhookId }: Webhook,
  { eventId, type }: ServiceEvent,
  {
    order,
    body,
    at,
    isLater,
  }: { readonly order: string; readonly body: string; readonly at: Instant; readonly isLater: boolean },
): Delivery => ({
  audience,
  institution,
  webhookId,
  eventId,
  type,
  order,
  body,
  status: "PENDING",
  attempts: [],
  startedAt: at,
  failures: 0,
  nextAttemptAt: isLater ? nextAttemptAfter({ startedAt: at, failures: 1, at }) : leaseFrom(at),
  version: 1,
});

/** Takes a due delivery for an attempt: until the lease ends, nobody else tries it. */
export const takeDelivery = (delivery: Delivery, at: Instant): Delivery => ({
  ...delivery,
  nextAttemptAt: leaseFrom(at),
  version: delivery.version + 1,
});

/** Starts to try an event again, whatever became of it, from `at` on and for as long as a new one. */
export const restartDelivery = (delivery: Delivery, at: Instant): Delivery => ({
  ...delivery,
  status: "PENDING",
  startedAt: at,
  failures: 0,
  nextAttemptAt: at,
  version: delivery.version + 1,
});

/** A delivery keeps this many of its attempts. */
const KEPT_ATTEMPTS = 40;

const isAccepted = (outcome: AttemptOutcome): boolean =>
  "status" in outcome && outcome.status >= 200 && outcome.status < 300;

/** Nobody waits for what was switched off. */
const isHopeless = (outcome: AttemptOutcome): boolean =>
  "error" in outcome && outcome.error === "WEBHOOK_INACTIVE";

/** What an attempt makes of a delivery: any 2xx delivers it, anything else is tried again for three days. */
export function recordAttempt(
  delivery: Delivery,
  { at, durationMs, ...outcome }: AttemptOutcome & { readonly at: Instant; readonly durationMs: number },
): Delivery {
  const next = {
    ...delivery,
    attempts: [...delivery.attempts, { at, ...outcome, durationMs }].slice(-KEPT_ATTEMPTS),
    version: delivery.version + 1,
  };
  if (isAccepted(outcome)) return { ...next, status: "DELIVERED", nextAttemptAt: undefined };
  const failures = delivery.failures + 1;
  const nextAttemptAt = isHopeless(outcome)
    ? undefined
    : nextAttemptAfter({ startedAt: delivery.startedAt, failures, at });
  return { ...next, failures, nextAttemptAt, status: nextAttemptAt === undefined ? "FAILED" : "PENDING" };
}
