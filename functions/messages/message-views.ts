import * as z from "zod/mini";
import { DayText, InstantText, SentenceView } from "../kit/views.ts";
import { SettlementView } from "../settlements/settlement-views.ts";

export const CancellationView = z.object({
  key: z.string(),
  status: z.literal("CANCELLED"),
  effect: z.enum(["NEVER_APPLIES", "REVERSED"]),
  operation: z.optional(z.string()),
  visit: z.optional(z.object({ visitId: z.string(), status: z.string() })),
  /** The reversal, or the settlement that holds again. */
  settlement: z.optional(SettlementView),
  /** Only where the month of the message is closed: its figures stay, and the settlement counts on this day. */
  countsOn: z.optional(DayText),
  cancelledAt: InstantText,
});

export const MessageView = z.object({
  key: z.string(),
  status: z.enum(["NOT_APPLIED", "APPLIED", "CANCELLED"]),
  operation: z.optional(z.string()),
  appliedAt: z.optional(InstantText),
  answer: z.optional(z.object({ status: z.number(), body: z.unknown() })),
  cancellation: z.optional(CancellationView),
  nextStep: SentenceView,
});
