import { createHash } from "node:crypto";
import * as z from "zod/mini";
import { type CatalogueEntry, locate, type RejectedRow } from "./catalogue-csv.ts";
import { signIn } from "./demo/demo-api.ts";
import { DemoCallError } from "./demo/demo-call-error.ts";

const ITEMS_PER_CALL = 500;
const ImportAnswer = z.object({ imported: z.number() });

export interface ImportTarget {
  readonly baseUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** The same items give the same key, so that an import which broke off can simply be started again. */
const keyOf = (items: readonly object[]): string =>
  `catalogue-${createHash("sha256").update(JSON.stringify(items)).digest("hex").slice(0, 40)}`;

/** The entries that a refusal names, each with its row and field. */
function findRefused(
  error: DemoCallError,
  batch: readonly CatalogueEntry[],
): Map<CatalogueEntry, RejectedRow[]> {
  const refused = new Map<CatalogueEntry, RejectedRow[]>();
  for (const { pointer = "", code } of error.errors ?? []) {
    const match = /^\/items\/(\d+)(.*)$/.exec(pointer);
    const entry = batch[Number(match?.[1])];
    if (entry === undefined) continue;
    const fault = { itemCode: entry.item.itemCode, code, ...locate(match?.[2] ?? "", entry.rows) };
    refused.set(entry, [...(refused.get(entry) ?? []), fault]);
  }
  return refused;
}

/**
 * Posts a catalogue, 500 items a call. Items that the service refuses are reported and left out; the rest of their
 * call is sent again. Throws DemoCallError where the service refuses a call for another reason.
 */
export async function postCatalogue(
  target: ImportTarget,
  entries: readonly CatalogueEntry[],
  onProgress: (posted: number) => void,
): Promise<{ readonly imported: number; readonly rejected: readonly RejectedRow[] }> {
  const post = await signIn(target.baseUrl, target.clientId, target.clientSecret);
  const rejected: RejectedRow[] = [];
  let imported = 0;
  const postBatch = async (batch: readonly CatalogueEntry[]): Promise<void> => {
    if (batch.length === 0) return;
    const items = batch.map(({ item }) => item);
    const call = { operation: "import-catalogue", path: "/v1/agency/catalogue-items", answer: ImportAnswer };
    try {
      imported += (await post({ ...call, body: { items }, key: keyOf(items) })).imported;
    } catch (error) {
      if (!(error instanceof DemoCallError)) throw error;
      const refused = findRefused(error, batch);
      if (refused.size === 0) throw error;
      rejected.push(...[...refused.values()].flat());
      await postBatch(batch.filter((entry) => !refused.has(entry)));
    }
  };
  for (let start = 0; start < entries.length; start += ITEMS_PER_CALL) {
    await postBatch(entries.slice(start, start + ITEMS_PER_CALL));
    onProgress(Math.min(entries.length, start + ITEMS_PER_CALL));
  }
  return { imported, rejected };
}
