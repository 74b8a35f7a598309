import { chunksOf } from "../../shared/chunks.ts";
import { itemKinds } from "../../shared/domain/catalogue/catalogue.ts";
import { err, ok } from "../../shared/domain/result.ts";
import { findMessagePart } from "../../shared/store/messages/message-store.ts";
import { applyRegistration, findEarlierAnswer, type IsThere } from "../kit/apply.ts";
import { applyMessagePart } from "../kit/apply-part.ts";
import type { MessageCallOf, Outcome } from "../kit/bind.ts";
import type { Services } from "../kit/services.ts";
import type { importCatalogueContract } from "./import-catalogue.contract.ts";
import { checkItems, planImport, type StatedItem } from "./plan-import.ts";

type Call = MessageCallOf<typeof importCatalogueContract>;
type Needs = Pick<Services, "db" | "logger" | "now">;

const SUBJECT = "catalogue";
/** A transaction takes 100 writes: the message's record, the version, the audit trail, and two for an item that is new. */
const ITEMS_PER_TRANSACTION = 48;

/**
 * Whether all that a message stated is in the catalogue, as far as something newer has not taken its place: to state each
 * part again at its instant would change nothing.
 */
const isThere =
  (services: Needs, { message }: Call, parts: readonly StatedItem[][]): IsThere =>
  async ({ at }) => {
    for (const [index, items] of parts.entries()) {
      const isLast = index === parts.length - 1;
      const partAt = isLast ? at : (await findMessagePart(services.db, message, index))?.at;
      // A part of before instants were kept.
      if (partAt === undefined) continue;
      const planned = await planImport(services, items, partAt);
      if (!planned.ok || planned.value.writes.length > 0) return false;
    }
    return true;
  };

/**
 * States periods of catalogue items; what a message does not name stays (shared/domain/catalogue/merge-periods.ts). A
 * message of more items than a transaction takes is checked as a whole and then applied in parts, each of them once,
 * the answer with the last: a repeat after a crash goes on where it stopped. Another import that comes between two
 * parts can get a later one refused; then the earlier ones stand, and the same message goes on once that is mended.
 * What the Registry has lost of a message is stated again by a repeat (docs/adr/0014-a-registry-that-was-lost.md).
 */
export const importCatalogue =
  (services: Needs) =>
  async (call: Call): Outcome => {
    const { db } = services;
    const { items } = call.body;
    const stated: StatedItem[] = items.map((item, position) => ({ stated: item, position }));
    const parts = chunksOf(stated, ITEMS_PER_TRANSACTION);
    const isStated = isThere(services, call, parts);
    // Each part would find out by itself, at the price of a transaction; a message of one part need not ask.
    if (parts.length > 1) {
      const earlier = await findEarlierAnswer(db, call.message, isStated);
      if (earlier !== undefined) return earlier;
      const isBegun = (await findMessagePart(db, call.message, 0)) !== undefined;
      const refused = isBegun ? undefined : await checkItems(services, parts.flat());
      if (refused !== undefined) return err(refused);
    }
    for (const [part, statements] of parts.slice(0, -1).entries()) {
      const failed = await applyMessagePart(services, call, { subject: SUBJECT, part }, (again) =>
        planImport(services, statements, again),
      );
      if (failed !== undefined) return err(failed);
    }
    const countOf = (kind: string): number => items.filter((item) => item.kind === kind).length;
    const kinds = Object.fromEntries(itemKinds.map((kind) => [kind, countOf(kind)]));
    return applyRegistration(services, call, isStated, async (_attempt, before) => {
      const planned = await planImport(services, parts.at(-1) ?? [], before?.at);
      if (!planned.ok) return planned;
      return ok({ subject: SUBJECT, value: { imported: items.length, kinds }, ...planned.value });
    });
  };
