import * as z from "zod/mini";
import { formatAllocation } from "../../shared/domain/bearers.ts";
import { eventSentences } from "../../shared/domain/events/event-sentences.ts";
import { eventTypes, type ServiceEvent } from "../../shared/domain/events/service-event.ts";
import { formatYuan } from "../../shared/domain/money.ts";
import { visitStatuses } from "../../shared/domain/visits/visit.ts";
import type { Audience } from "../kit/operation.ts";
import { AllocationView, Amount, InstantText, SentenceView } from "../kit/views.ts";

/** An event as it is told, in the feed and to webhooks: no person, no diagnosis. */
export const EventView = z.object({
  eventId: z.string(),
  type: z.enum(eventTypes),
  at: InstantText,
  sentence: SentenceView,
  sequence: z.number(),
  caseNo: z.optional(z.string()),
  hospitalCode: z.optional(z.string()),
  employerUscc: z.optional(z.string()),
  visitId: z.optional(z.string()),
  hospitalVisitNo: z.optional(z.string()),
  status: z.optional(z.enum(visitStatuses)),
  settlementId: z.optional(z.string()),
  total: z.optional(Amount),
  allocation: z.optional(AllocationView),
  code: z.optional(z.string()),
});

/** What is between the hospital and the agency: its own number, and why the fund does not pay yet. */
const notForEmployers = { hospitalVisitNo: undefined, code: undefined } as const;

/** An event as an audience may see it, amounts in yuan. */
export function toEventView(event: ServiceEvent, audience: Audience): z.input<typeof EventView> {
  const { subject: _, amounts, ...told } = event;
  return {
    ...told,
    sentence: eventSentences[event.type],
    total: amounts === undefined ? undefined : formatYuan(amounts.total),
    allocation: amounts === undefined ? undefined : formatAllocation(amounts.allocation),
    ...(audience === "enterprise" ? notForEmployers : {}),
  };
}
