import { yuanText } from "../support/exact.ts";
import type { History } from "./history.ts";
import type { SentMessage } from "./hospital-books.ts";
import { sumOf } from "./stored.ts";
import type { Item } from "./values.ts";
import { demand } from "./violation.ts";

interface Told {
  readonly status: string;
  readonly operation?: string;
  readonly answer?: { readonly body: { readonly total?: string } };
}

const fenOf = (yuan: string | undefined): number => Math.round(Number(yuan ?? "0") * 100);
const isMoney = (operation: string | undefined): boolean =>
  operation === "settle-visit" || operation === "reverse-settlement";

/** What became of a message. */
async function ask(history: History, institution: string, { key }: SentMessage): Promise<Told> {
  const { body } = await history.call("get-message", { institution, params: { key } });
  return body as unknown as Told;
}

/** A message that never arrived is cancelled, and stays without effect when it arrives after all. */
async function cancelForGood(history: History, institution: string, message: SentMessage): Promise<void> {
  const key = `evening-${message.key}`;
  const cancelled = await history.call("cancel-message", { institution, key, params: { key: message.key } });
  demand(cancelled.body.effect === "NEVER_APPLIES", "what did not arrive can be cancelled", () => cancelled);
  const late = await history.call(message.operationId, message.input);
  demand(late.body.code === "MESSAGE_CANCELLED", "a cancelled message can never take effect", () => late);
  const told = await ask(history, institution, message);
  demand(told.status === "CANCELLED", "a cancelled message is told as such", () => told);
}

/** So many of each hospital's messages without effect are cancelled; the others are only asked about. */
const MOST_CANCELLED = 4;

/**
 * The evening of every history: each hospital asks about each of its messages. What it then has in its books, by
 * the answers to what it sent itself, is what the ledger says of its messages, without the entries of cancelled ones.
 */
export async function settleDay(history: History): Promise<void> {
  history.calm();
  for (const { operationId, input } of history.clients.corrections) await history.call(operationId, input);
  for (const { code, sent } of history.clients.books) {
    let [booked, cancelled] = [0, 0];
    for (const message of sent) {
      const told = await ask(history, code, message);
      if (told.status === "NOT_APPLIED" && cancelled < MOST_CANCELLED) {
        cancelled += 1;
        await cancelForGood(history, code, message);
      }
      const wasHeard = message.heard !== undefined;
      demand(
        !wasHeard || told.status !== "NOT_APPLIED",
        "a message answered with success is never lost",
        () => message,
      );
      if (told.status === "APPLIED" && isMoney(told.operation)) booked += fenOf(told.answer?.body.total);
    }
    const { mirror } = history.checks;
    const entries = [...mirror.items.values()].filter(({ pk }) => String(pk).startsWith(`LEDGER#${code}#`));
    const isVoid = ({ sk }: { readonly sk?: unknown }): boolean => String(sk).startsWith("VOID#");
    const voided = new Set(entries.filter(isVoid).map(({ entryId }) => entryId));
    const isOwn = ({ entryId, settlementId, messageKey }: Item): boolean =>
      entryId === settlementId && messageKey !== undefined && !voided.has(entryId);
    const counted = entries.filter((entry) => !isVoid(entry) && isOwn(entry));
    const own = sumOf(counted.map(({ total }) => Number(total)));
    demand(booked === own, "both sides agree by evening", () => ({
      hospital: code,
      booked: yuanText(BigInt(booked)),
      fund: yuanText(BigInt(own)),
    }));
  }
}
