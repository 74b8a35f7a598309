import * as z from "zod/mini";
import { Bearer } from "../bearers.ts";
import { listOf } from "../bounds.ts";
import { covers, type Day, endsAfterItStarts, overlap, periodShape } from "../dates.ts";
import { ofForm } from "../expected.ts";
import { inOneSpelling } from "../identifiers.ts";
import { FundRatio, PositiveQuantity, type Price, PriceCap } from "../money.ts";
import { lineOf } from "../texts.ts";
import { isRehabilitation, type VisitType } from "../visit-type.ts";

export type Tier = 1 | 2 | 3;
export const Tier = z.literal([1, 2, 3]);

/** What the fund pays for an item during a period, and up to which price and quantity. */
export const CataloguePeriod = z
  .strictObject({
    ...periodShape,
    medical: z.boolean(),
    rehabilitation: z.boolean(),
    restricted: z.boolean(),
    caps: z.nullable(z.strictObject({ "1": PriceCap, "2": PriceCap, "3": PriceCap })),
    maxPerDay: z.optional(PositiveQuantity),
    maxPerVisit: z.optional(PositiveQuantity),
    fundRatio: z.optional(FundRatio),
    ratioRemainderBearer: z.optional(Bearer),
    overCapBearer: z.optional(Bearer),
  })
  .check(endsAfterItStarts);
export type CataloguePeriod = z.infer<typeof CataloguePeriod>;

export const itemKinds = ["DRUG", "SERVICE", "MATERIAL", "BED", "DEVICE"] as const;

/** Periods of one item, those that are over among them: with every term stated, 50 take some 20 KB in the store. */
export const MAX_PERIODS = 50;

/** Two periods that both serve the same kind of visit on some day would leave open which one holds. */
const periodsAreUnambiguous = z.refine<readonly CataloguePeriod[]>(
  (periods) =>
    periods.every((a, i) =>
      periods.every(
        (b, j) =>
          j <= i || !overlap(a, b) || !((a.medical && b.medical) || (a.rehabilitation && b.rehabilitation)),
      ),
    ),
  { error: "PERIODS_OVERLAP" },
);

export const ItemCode = z
  .string()
  .check(
    inOneSpelling,
    ofForm(/^[A-Z0-9_.:-]{1,40}$/, "1 至 40 位字母、数字或 _ . : -", "1 to 40 of A-Z 0-9 _ . : -"),
  );

/** 工伤三目录: one payable item with its dated periods. */
export const CatalogueItem = z.strictObject({
  itemCode: ItemCode,
  name: lineOf({ max: 200 }),
  kind: z.enum(itemKinds),
  unit: lineOf({ max: 40, mayBeEmpty: true }),
  periods: listOf(CataloguePeriod, { min: 1, max: MAX_PERIODS }, periodsAreUnambiguous),
});
export type CatalogueItem = z.infer<typeof CatalogueItem>;

/** The period that covers a day for a kind of visit; undefined where the item is not in the catalogue then. */
export function findPeriod(
  item: { readonly periods: readonly CataloguePeriod[] },
  on: Day,
  visitType: VisitType,
): CataloguePeriod | undefined {
  const rehabilitation = isRehabilitation(visitType);
  for (const period of item.periods) {
    if ((rehabilitation ? period.rehabilitation : period.medical) && covers(period, on)) return period;
  }
  return undefined;
}

/** The highest payable unit price at a hospital of this tier; undefined where there is no cap. */
export const capFor = (period: CataloguePeriod, tier: Tier): Price | undefined => period.caps?.[tier];
