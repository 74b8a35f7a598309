import * as z from "zod/mini";
import { capChange } from "./cap-texts.ts";
import type { CatalogueEntry } from "./catalogue-csv.ts";
import { findRow, type ImportWarning } from "./file-warnings.ts";
import type { PostCall } from "./post-call.ts";
import type { RejectedRow } from "./row-faults.ts";
import { type Batch, byItem, rejectRefused, splitIntoCalls, toBody } from "./send-items.ts";

const Caps = z.nullable(z.object({ "1": z.string(), "2": z.string(), "3": z.string() }));
const Preview = z.object({
  items: z.array(
    z.object({
      itemCode: z.string(),
      outcome: z.string(),
      deferredClaims: z.number(),
      changes: z.array(
        z.object({ from: z.string(), caps: Caps, before: z.optional(z.object({ caps: Caps })) }),
      ),
      repriced: z.array(z.object({ from: z.string() })),
      warnings: z.array(
        z.object({ code: z.string(), from: z.optional(z.string()), otherCode: z.optional(z.string()) }),
      ),
      errors: z.array(z.object({ pointer: z.string(), code: z.string() })),
    }),
  ),
  deferredClaimsAreAll: z.boolean(),
});
type ItemPreview = z.output<typeof Preview>["items"][number];

/** What the service says an import would come to. */
export interface Previewed {
  readonly warnings: readonly ImportWarning[];
  /** Rows of items that would be refused. */
  readonly rejected: readonly RejectedRow[];
  readonly refused: ReadonlySet<CatalogueEntry>;
  /** Items that stand already as the file states them. */
  readonly unchanged: ReadonlySet<CatalogueEntry>;
  readonly outcomes: Readonly<Record<"NEW" | "CHANGED" | "UNCHANGED", number>>;
  /** Most waiting claims that one item's new prices may concern. */
  readonly deferredClaims: number;
  readonly deferredClaimsAreAll: boolean;
  /** Why the service did not say so of some items, where it did not. */
  readonly unknownBecause: string | undefined;
}

const since = (day: string | undefined): string => (day === undefined ? "" : `${day} 起 · from that day on`);

/** The caps that change, on a day or on any. */
const capsOn = ({ changes }: ItemPreview, day: string | undefined): readonly (string | undefined)[] =>
  changes.filter(({ from }) => day === undefined || from === day).map(capChange);

/** What a warning is about, in figures: caps before and now, days, claims. */
function figuresOf(preview: ItemPreview, { code, from }: ItemPreview["warnings"][number]): string {
  const texts = ((): readonly (string | undefined)[] => {
    if (code.startsWith("CAP_")) return capsOn(preview, from);
    if (code === "NO_LONGER_PAYABLE") return [since(from)];
    if (code === "PAST_DAYS_REPRICED")
      return [since(preview.repriced[0]?.from), ...capsOn(preview, undefined)];
    if (code === "DEFERRED_CLAIMS_REPRICED")
      return [`至多 ${preview.deferredClaims} 笔 · claims at most`, ...capsOn(preview, undefined)];
    return [];
  })();
  return [...new Set(texts.filter((text) => text !== undefined && text !== ""))].join("；");
}

const toWarnings = (entry: CatalogueEntry, preview: ItemPreview): ImportWarning[] =>
  preview.warnings.map((warning) => ({
    ...{ code: warning.code, row: findRow(entry, warning.from), itemCode: preview.itemCode },
    ...{ otherCode: warning.otherCode, figures: figuresOf(preview, warning) },
  }));

type Answered = { readonly entry: CatalogueEntry; readonly preview: ItemPreview };

function pair(batch: Batch, items: readonly ItemPreview[]): Answered[] {
  return batch.flatMap((entry, position) => {
    const preview = items[position];
    return preview === undefined ? [] : [{ entry, preview }];
  });
}

function rejectionOf({ entry, preview }: Answered): readonly RejectedRow[] {
  const [faults = []] = byItem(preview.errors).values();
  return rejectRefused(entry, faults);
}

/** Asks the service, call by call, what an import would change. Throws ImportError where it cannot be reached. */
export async function previewItems(
  entries: readonly CatalogueEntry[],
  postCall: PostCall,
): Promise<Previewed> {
  const answered: Answered[] = [];
  let areAll = true;
  let unknownBecause: string | undefined;
  for (const batch of splitIntoCalls(entries)) {
    const outcome = await postCall({ key: undefined, body: toBody(batch) });
    const preview = outcome.kind === "APPLIED" ? Preview.safeParse(outcome.answer).data : undefined;
    if (preview === undefined) {
      unknownBecause = outcome.kind === "REFUSED" ? outcome.why : "?";
      continue;
    }
    areAll &&= preview.deferredClaimsAreAll;
    answered.push(...pair(batch, preview.items));
  }
  const refused = answered.filter(({ preview }) => preview.outcome === "REFUSED");
  const unchanged = answered.filter(({ preview }) => preview.outcome === "UNCHANGED");
  const countOf = (outcome: string): number =>
    answered.filter(({ preview }) => preview.outcome === outcome).length;
  return {
    warnings: answered.flatMap(({ entry, preview }) => toWarnings(entry, preview)),
    rejected: refused.flatMap(rejectionOf),
    refused: new Set(refused.map(({ entry }) => entry)),
    unchanged: new Set(unchanged.map(({ entry }) => entry)),
    outcomes: { NEW: countOf("NEW"), CHANGED: countOf("CHANGED"), UNCHANGED: unchanged.length },
    deferredClaims: answered.reduce((most, { preview }) => Math.max(most, preview.deferredClaims), 0),
    deferredClaimsAreAll: areAll,
    unknownBecause,
  };
}
