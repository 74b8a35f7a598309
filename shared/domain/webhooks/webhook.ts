import * as z from "zod/mini";
import { listOf } from "../bounds.ts";
import { holdsNoIdNumber } from "../check-characters.ts";
import type { Instant } from "../dates.ts";
import { areDistinct } from "../distinct.ts";
import { type EventType, eventTypes, type ServiceEvent } from "../events/service-event.ts";
import { ofForm } from "../expected.ts";
import { inOneWidth } from "../identifiers.ts";
import { findTextFault, lineOf } from "../texts.ts";

/** Who may be told of what happens. */
export const webhookAudiences = ["hospital", "enterprise", "agency"] as const;
export type WebhookAudience = (typeof webhookAudiences)[number];

/** Whose a webhook is. */
export interface WebhookOwner {
  readonly audience: WebhookAudience;
  /** Hospital code, or the employer's uscc, or the agency's own code. */
  readonly institution: string;
}

/** Where an institution wants to hear of what happens. */
export interface Webhook extends WebhookOwner {
  /** The institution's own name for it. */
  readonly webhookId: string;
  readonly url: string;
  /** All types where none are named. */
  readonly types?: readonly EventType[] | undefined;
  /** What signs the events that are sent: never shown after it was made, never logged, and sealed where it is kept. */
  readonly sealedSecret: string;
  readonly active: boolean;
  readonly version: number;
  readonly updatedAt: Instant;
}

/** Webhooks of one institution. */
export const MAX_WEBHOOKS = 10;

export const WebhookId = z
  .string()
  .check(
    inOneWidth,
    ofForm(/^[A-Za-z0-9_-]{1,64}$/, "1 至 64 位字母、数字或 _ -", "1 to 64 of A-Z a-z 0-9 _ -"),
    holdsNoIdNumber,
  );

/** Bytes of a key of HMAC-SHA256 are its letters; 32 random bytes in base64url have 43. */
const WebhookSecret = z
  .string()
  .check(
    ofForm(
      /^[A-Za-z0-9_+/=-]{32,128}$/,
      "32 至 128 位字母、数字或 _ + / = -",
      "32 to 128 of A-Z a-z 0-9 _ + / = -",
    ),
  );

const MAX_URL_LENGTH = 2_000;

export const WebhookStatement = z.strictObject({
  url: lineOf({ max: MAX_URL_LENGTH }).check(
    holdsNoIdNumber,
    z.refine((url) => findTextFault(url) !== undefined || URL.canParse(url), { error: "URL_INVALID" }),
  ),
  types: z.optional(listOf(z.enum(eventTypes), { min: 1, max: eventTypes.length }, areDistinct)),
  secret: z.optional(WebhookSecret),
  active: z._default(z.boolean(), true),
});

/** Whether a webhook asks for an event of this type. */
export const wants = ({ active, types }: Webhook, { type }: Pick<ServiceEvent, "type">): boolean =>
  active && (types === undefined || types.includes(type));
