import { isRehabilitation } from "./departments.ts";
import { percentOf } from "./exact-decimal.ts";
import type {
  CatalogueItemBody,
  CataloguePeriodBody,
  HospitalBody,
  ItemKind,
  VisitType,
} from "./registry-bodies.ts";

/** What hospitals charge, of the cap: services cost what is allowed, goods what they were bought for. */
const USUAL_PERCENT: Readonly<Record<ItemKind, number>> = {
  SERVICE: 100,
  BED: 100,
  DRUG: 95,
  MATERIAL: 93,
  DEVICE: 96,
};
/** Tablets are priced to a hundredth of a fen. */
const PRICE_PLACES: Readonly<Record<ItemKind, number>> = {
  SERVICE: 2,
  BED: 2,
  DRUG: 4,
  MATERIAL: 2,
  DEVICE: 2,
};

const tierKeys = { 1: "1", 2: "2", 3: "3" } as const;

/** The period under which an item is payable on a day for a kind of visit; undefined where it is not. */
export function findCoveringPeriod(
  item: CatalogueItemBody,
  day: string,
  visitType: VisitType,
): CataloguePeriodBody | undefined {
  return item.periods.find(
    (period) =>
      (isRehabilitation(visitType) ? period.rehabilitation : period.medical) &&
      period.from <= day &&
      (period.to === null || day <= period.to),
  );
}

/** A price at so many per cent of the cap of that tier (the usual share if not said); throws where no cap is known. */
export function priceFromCap(
  item: CatalogueItemBody,
  period: CataloguePeriodBody | undefined,
  tier: HospitalBody["tier"],
  percent: number | undefined,
): string {
  const cap = period?.caps?.[tierKeys[tier]];
  if (cap === undefined)
    throw new RangeError(`${item.itemCode} has no cap to price it by: the plan must say the price`);
  return percentOf(cap, percent ?? USUAL_PERCENT[item.kind], PRICE_PLACES[item.kind]);
}
