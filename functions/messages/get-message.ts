import { findMessageAndCancellation, type KnownMessage } from "../../shared/store/messages/message-store.ts";
import { answerWith, type CallOf, type Outcome } from "../kit/bind.ts";
import type { Services } from "../kit/services.ts";
import type { getMessageContract } from "./get-message.contract.ts";

type Call = CallOf<typeof getMessageContract>;

const nextSteps = {
  NOT_APPLIED: {
    zh: "未生效。若报文可能仍在途中，请用同一报文编号（Idempotency-Key）重发，或冲正该报文使其永不生效。",
    en: "It took no effect so far. It may still be on its way: send it again with the same key, or cancel it for good.",
  },
  APPLIED: {
    zh: "已生效，answer 即当时的应答，请据此入账；如不需要，可冲正该报文。",
    en: "It took effect; answer is what was answered then. Record it, or cancel the message if it is not wanted.",
  },
  CANCELLED: {
    zh: "已冲正：不再有任何效力，双方都不计入对账。",
    en: "It was cancelled: nothing is left of it, and neither side counts it.",
  },
} as const;

function toAppliedView(message: KnownMessage | undefined) {
  if (message?.kind !== "APPLIED") return {};
  const { operation, at, status, text } = message;
  const body: unknown = JSON.parse(text);
  return { operation, appliedAt: at, answer: { status, body } };
}

/** What became of a message, by the key that the hospital gave it. */
export const getMessage =
  ({ db }: Pick<Services, "db">) =>
  async ({ caller, params }: Call): Outcome => {
    const { key } = params;
    const { message, cancellation } = await findMessageAndCancellation(db, caller.institution, key);
    const applied = message === undefined ? "NOT_APPLIED" : "APPLIED";
    const status = cancellation === undefined ? applied : "CANCELLED";
    const seen = message?.kind === "APPLIED" ? { subject: message.subject } : {};
    const view = { key, status, ...toAppliedView(message), cancellation, nextStep: nextSteps[status] };
    return answerWith(view, seen);
  };
