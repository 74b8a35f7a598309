import * as z from "zod/mini";
import type { CataloguePeriod } from "../../shared/domain/catalogue/catalogue.ts";
import type { PeriodChange } from "../../shared/domain/catalogue/catalogue-changes.ts";
import { catalogueWarningCodes } from "../../shared/domain/catalogue/catalogue-warnings.ts";
import type { Fault } from "../../shared/domain/failures.ts";
import { DayText } from "../kit/views.ts";
import { PeriodView, toCapsView } from "./reference-views.ts";

const Days = z.object({ from: DayText, to: z.nullable(DayText) });
const Caps = z.object({ "1": z.string(), "2": z.string(), "3": z.string() });

const WarningView = z.object({
  code: z.enum(catalogueWarningCodes),
  from: z.optional(DayText),
  otherCode: z.optional(z.string()),
});

const ChangeView = z.object({
  change: z.enum(["ADDED", "REPLACED", "ENDED"]),
  from: DayText,
  to: z.nullable(DayText),
  caps: z.nullable(Caps),
  before: z.optional(z.object({ from: DayText, to: z.nullable(DayText), caps: z.nullable(Caps) })),
});

const ItemPreviewView = z.object({
  itemCode: z.string(),
  outcome: z.enum(["NEW", "CHANGED", "UNCHANGED", "REFUSED"]),
  changeCount: z.number(),
  changes: z.array(ChangeView),
  repriced: z.array(Days),
  deferredClaims: z.number(),
  warningCount: z.number(),
  warnings: z.array(WarningView),
  errors: z.array(z.object({ pointer: z.string(), code: z.string() })),
});
export type ItemPreview = z.input<typeof ItemPreviewView>;
export type WarningOfItem = z.input<typeof WarningView>;

export const CataloguePreviewView = z.object({
  items: z.array(ItemPreviewView),
  deferredClaimsAreAll: z.boolean(),
});

export const PeriodRemovalView = z.object({
  itemCode: z.string(),
  removed: z.array(PeriodView),
  periods: z.array(PeriodView),
  repriced: z.array(Days),
  unpriced: z.array(Days),
  pastDaysRepriced: z.boolean(),
  deferredClaims: z.number(),
  deferredClaimsAreAll: z.boolean(),
});

/** Changes, days and warnings of one item that are told one by one: 500 items stay within what one answer may have. */
export const MAX_TOLD = 10;

const toCaps = ({ caps }: CataloguePeriod) => (caps === null ? null : toCapsView(caps));

/** A change of a period that stands afterwards. */
export function toChangeViews({ change, before, after }: PeriodChange): z.input<typeof ChangeView>[] {
  if (after === undefined || change === "REMOVED") return [];
  const view = { change, from: after.from, to: after.to, caps: toCaps(after) };
  return [
    before === undefined
      ? view
      : { ...view, before: { from: before.from, to: before.to, caps: toCaps(before) } },
  ];
}

export const refusedItem = (itemCode: string, errors: readonly Fault[]): ItemPreview => ({
  itemCode,
  outcome: "REFUSED",
  changeCount: 0,
  changes: [],
  repriced: [],
  deferredClaims: 0,
  warningCount: 0,
  warnings: [],
  errors: errors.slice(0, MAX_TOLD),
});
