import type { Instant } from "../dates.ts";

/** Whole seconds since 1970 (UTC), as the header `Webhook-Timestamp` has them. */
export const toUnixSeconds = (at: Instant): number => Math.floor(Date.parse(at) / 1_000);

/** What the signature covers (Standard Webhooks 1.0, "Signature scheme"): id, time and body, joined by dots. */
export const signedContent = (eventId: string, timestampS: number, body: string): string =>
  `${eventId}.${timestampS}.${body}`;
