import { type CatalogueItem, itemKinds } from "../../shared/domain/registry/catalogue.ts";
import { refuse } from "../../shared/domain/result.ts";
import {
  raiseReferenceVersion,
  readReferenceVersion,
  saveCatalogueItem,
} from "../../shared/store/reference-store.ts";
import { applyMessage, applyMessagePart, findEarlierAnswer } from "../apply.ts";
import type { MessageCallOf, Outcome } from "../bind.ts";
import type { Services } from "../services.ts";
import type { agencyOperations } from "./operations.ts";

type Call = MessageCallOf<typeof agencyOperations.importCatalogue>;

const SUBJECT = "catalogue";
/** A transaction takes 100 writes; three are the message's own record, the version and the audit trail. */
const ITEMS_PER_TRANSACTION = 97;

function split(items: readonly CatalogueItem[]): CatalogueItem[][] {
  const parts: CatalogueItem[][] = [];
  for (let start = 0; start < items.length; start += ITEMS_PER_TRANSACTION) {
    parts.push(items.slice(start, start + ITEMS_PER_TRANSACTION));
  }
  return parts;
}

/**
 * States catalogue items; each one's last statement holds, with all of its periods. A message of more items than
 * a transaction takes is applied in parts, each of them once, the answer with the last: a repeat after a crash
 * goes on where it stopped.
 */
export const importCatalogue =
  (services: Pick<Services, "db" | "logger" | "now">) =>
  async (call: Call): Outcome => {
    const { db } = services;
    const { items } = call.body;
    const parts = split(items);
    const writesOf = async (part: readonly CatalogueItem[]) => {
      const version = 1 + (await readReferenceVersion(db));
      return [
        ...part.map((item) => saveCatalogueItem(db, item, version)),
        raiseReferenceVersion(db, version),
      ];
    };
    // Each part would find out by itself, at the price of a transaction; a message of one part need not ask.
    const earlier = parts.length > 1 ? await findEarlierAnswer(db, call.message) : undefined;
    if (earlier !== undefined) return earlier;
    for (const [index, part] of parts.slice(0, -1).entries()) {
      const failed = await applyMessagePart(services, call, { subject: SUBJECT, part: index }, () =>
        writesOf(part),
      );
      if (failed !== undefined) return refuse(failed);
    }
    const countOf = (kind: string): number => items.filter((item) => item.kind === kind).length;
    const kinds = Object.fromEntries(itemKinds.map((kind) => [kind, countOf(kind)]));
    return applyMessage(services, call, async () => ({
      ok: true,
      value: {
        subject: SUBJECT,
        value: { imported: items.length, kinds },
        writes: await writesOf(parts.at(-1) ?? []),
      },
    }));
  };
