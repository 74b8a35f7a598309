import * as z from "zod/mini";
import { CatalogueItem } from "../../../shared/domain/catalogue/catalogue.ts";
import { listChanges, type PeriodChange } from "../../../shared/domain/catalogue/catalogue-changes.ts";
import { warnOfAllCaps } from "../../../shared/domain/catalogue/catalogue-warnings.ts";
import { toCodeForm } from "../../../shared/domain/catalogue/code-form.ts";
import { mergeItem } from "../../../shared/domain/catalogue/merge-periods.ts";
import { type CapsOfTiers, capChange } from "./cap-texts.ts";
import type { CatalogueEntry } from "./catalogue-csv.ts";
import { toDay } from "./cell-values.ts";

/** What should be looked at before it is imported, at the row that says it. */
export interface ImportWarning {
  readonly code: string;
  readonly row: number;
  readonly itemCode: string;
  /** The code that it looks like. */
  readonly otherCode?: string | undefined;
  /** The figures that it is about, such as the caps before and after. */
  readonly figures?: string | undefined;
}

/** The row of a period by its first day; the item's first row where it is none of the file. */
export const findRow = ({ rows }: CatalogueEntry, from: string | undefined): number =>
  rows.find(({ cells }) => toDay(cells.from) === from)?.row ?? rows[0]?.row ?? 0;

/** The caps that a row states, as they stand in it. */
function capsOf({ item }: CatalogueEntry, from: string): CapsOfTiers {
  const caps = item.periods.find((period) => period.from === from)?.caps ?? null;
  return caps === null ? null : { "1": caps["1"] ?? "", "2": caps["2"] ?? "", "3": caps["3"] ?? "" };
}

/** The caps that change on a day. */
function figuresOf(entry: CatalogueEntry, changes: readonly PeriodChange[], day: string | undefined): string {
  const texts = changes.flatMap(({ before, after }) => {
    if (after === undefined || after.from !== day) return [];
    const known = before === undefined ? undefined : { caps: capsOf(entry, before.from) };
    return [capChange({ from: after.from, caps: capsOf(entry, after.from), before: known })];
  });
  return [...new Set(texts.filter((text) => text !== undefined))].join("；");
}

function warnOfEntry(entry: CatalogueEntry): ImportWarning[] {
  const parsed = z.safeParse(CatalogueItem, entry.item);
  const merged = parsed.success ? mergeItem(undefined, parsed.data) : undefined;
  if (merged?.ok !== true) return [];
  const { itemCode, periods } = merged.value;
  const changes = listChanges([], periods);
  return warnOfAllCaps(changes).map(({ code, from }) => ({
    ...{ code, row: findRow(entry, from), itemCode },
    figures: figuresOf(entry, changes, from),
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
