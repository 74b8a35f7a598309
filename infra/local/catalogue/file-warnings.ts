import * as z from "zod/mini";
import { CatalogueItem } from "../../../shared/domain/registry/catalogue.ts";
import { listChanges } from "../../../shared/domain/registry/catalogue-changes.ts";
import { warnOfAllCaps } from "../../../shared/domain/registry/catalogue-warnings.ts";
import { toCodeForm } from "../../../shared/domain/registry/code-form.ts";
import { mergeItem } from "../../../shared/domain/registry/merge-periods.ts";
import type { CatalogueEntry } from "./catalogue-csv.ts";
import { toDay } from "./cell-values.ts";

/** What should be looked at before it is imported, at the row that says it. */
export interface ImportWarning {
  readonly code: string;
  readonly row: number;
  readonly itemCode: string;
  /** The code that it looks like. */
  readonly otherCode?: string | undefined;
}

/** The row of a period by its first day; the item's first row where it is none of the file. */
export const findRow = ({ rows }: CatalogueEntry, from: string | undefined): number =>
  rows.find(({ cells }) => toDay(cells.from) === from)?.row ?? rows[0]?.row ?? 0;

function warnOfEntry(entry: CatalogueEntry): ImportWarning[] {
  const parsed = z.safeParse(CatalogueItem, entry.item);
  const merged = parsed.success ? mergeItem(undefined, parsed.data) : undefined;
  if (merged?.ok !== true) return [];
  const { itemCode, periods } = merged.value;
  return warnOfAllCaps(listChanges([], periods)).map(({ code, from }) => ({
    code,
    row: findRow(entry, from),
    itemCode,
  }));
}

function warnOfCodes(entries: readonly CatalogueEntry[]): ImportWarning[] {
  const first = new Map<string, string>();
  return entries.flatMap((entry) => {
    const itemCode = entry.item.itemCode ?? "";
    const form = toCodeForm(itemCode);
    const otherCode = first.get(form);
    if (otherCode === undefined) first.set(form, itemCode);
    const row = findRow(entry, undefined);
    return otherCode === undefined ? [] : [{ code: "CODE_LOOKS_LIKE_ANOTHER", row, itemCode, otherCode }];
  });
}

/** What looks like a slip in the file by itself: no service is needed to see it. */
export const findFileWarnings = (entries: readonly CatalogueEntry[]): ImportWarning[] => [
  ...entries.flatMap(warnOfEntry),
  ...warnOfCodes(entries),
];
