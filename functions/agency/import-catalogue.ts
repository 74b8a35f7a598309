import { itemKinds } from "../../shared/domain/registry/catalogue.ts";
import { refuse } from "../../shared/domain/result.ts";
import { findMessagePart } from "../../shared/store/message-store.ts";
import { applyMessage, applyMessagePart, findEarlierAnswer } from "../apply.ts";
import type { MessageCallOf, Outcome } from "../bind.ts";
import type { Services } from "../services.ts";
import type { agencyOperations } from "./operations.ts";
import { checkItems, planImport, type StatedItem } from "./plan-import.ts";

type Call = MessageCallOf<typeof agencyOperations.importCatalogue>;

const SUBJECT = "catalogue";
/** A transaction takes 100 writes: the message's record, the version, the audit trail, and two for an item that is new. */
const ITEMS_PER_TRANSACTION = 48;

function split(items: readonly StatedItem[]): StatedItem[][] {
  const parts: StatedItem[][] = [];
  for (let start = 0; start < items.length; start += ITEMS_PER_TRANSACTION) {
    parts.push(items.slice(start, start + ITEMS_PER_TRANSACTION));
  }
  return parts;
}

/**
 * States periods of catalogue items; what a message does not name stays (shared/domain/registry/merge-periods.ts). A
 * message of more items than a transaction takes is checked as a whole and then applied in parts, each of them once,
 * the answer with the last: a repeat after a crash goes on where it stopped. Another import that comes between two
 * parts can get a later one refused; then the earlier ones stand, and the same message goes on once that is mended.
 */
export const importCatalogue =
  (services: Pick<Services, "db" | "logger" | "now">) =>
  async (call: Call): Outcome => {
    const { db } = services;
    const { items } = call.body;
    const parts = split(items.map((stated, position) => ({ stated, position })));
    // Each part would find out by itself, at the price of a transaction; a message of one part need not ask.
    if (parts.length > 1) {
      const earlier = await findEarlierAnswer(db, call.message);
      if (earlier !== undefined) return earlier;
      const isBegun = (await findMessagePart(db, call.message, 0)) !== undefined;
      const refused = isBegun ? undefined : await checkItems(db, parts.flat());
      if (refused !== undefined) return refuse(refused);
    }
    for (const [index, part] of parts.slice(0, -1).entries()) {
      const failed = await applyMessagePart(services, call, { subject: SUBJECT, part: index }, () =>
        planImport(db, part),
      );
      if (failed !== undefined) return refuse(failed);
    }
    const countOf = (kind: string): number => items.filter((item) => item.kind === kind).length;
    const kinds = Object.fromEntries(itemKinds.map((kind) => [kind, countOf(kind)]));
    return applyMessage(services, call, async () => {
      const writes = await planImport(db, parts.at(-1) ?? []);
      if (!writes.ok) return writes;
      return {
        ok: true,
        value: { subject: SUBJECT, value: { imported: items.length, kinds }, writes: writes.value },
      };
    });
  };
