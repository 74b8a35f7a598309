import * as z from "zod/mini";
import {
  type CatalogueItem,
  type CataloguePeriod,
  itemKinds,
} from "../../shared/domain/catalogue/catalogue.ts";
import type { Policy } from "../../shared/domain/catalogue/policy.ts";
import { formatPrice, formatQuantity, formatRatio, formatYuan } from "../../shared/domain/money.ts";
import { Amount, DayText } from "../kit/views.ts";

export const PeriodView = z.object({
  from: DayText,
  to: z.nullable(DayText),
  medical: z.boolean(),
  rehabilitation: z.boolean(),
  restricted: z.boolean(),
  caps: z.nullable(z.object({ "1": z.string(), "2": z.string(), "3": z.string() })),
  maxPerDay: z.optional(z.string()),
  maxPerVisit: z.optional(z.string()),
  fundRatio: z.optional(z.string()),
  ratioRemainderBearer: z.optional(z.string()),
  overCapBearer: z.optional(z.string()),
});

/** An item as it was stated: it can be stated anew like this. */
export const CatalogueItemView = z.object({
  itemCode: z.string(),
  name: z.string(),
  kind: z.enum(itemKinds),
  unit: z.string(),
  periods: z.array(PeriodView),
});

export const PolicyView = z.object({
  effectiveFrom: DayText,
  unrelatedBearer: z.string(),
  noEmployerNoticeBearer: z.string(),
  noConsentBearer: z.string(),
  overCapBearer: z.string(),
  overQuantityBearer: z.string(),
  releasedBearer: z.string(),
  mealAllowancePerDay: Amount,
  decisionDays: z.optional(z.number()),
  clearDecisionDays: z.optional(z.number()),
  applicationDays: z.optional(z.number()),
  monthClosesOn: z.optional(z.number()),
});

const formatIfAny = <Value>(
  value: Value | undefined,
  format: (value: Value) => string,
): string | undefined => (value === undefined ? undefined : format(value));

export const toCapsView = (caps: NonNullable<CataloguePeriod["caps"]>) => ({
  "1": formatPrice(caps["1"]),
  "2": formatPrice(caps["2"]),
  "3": formatPrice(caps["3"]),
});

export const toPeriodView = (period: CataloguePeriod) => ({
  ...period,
  caps: period.caps === null ? null : toCapsView(period.caps),
  maxPerDay: formatIfAny(period.maxPerDay, formatQuantity),
  maxPerVisit: formatIfAny(period.maxPerVisit, formatQuantity),
  fundRatio: formatIfAny(period.fundRatio, formatRatio),
});

export const toCatalogueItemView = (item: CatalogueItem) => ({
  ...item,
  periods: item.periods.map(toPeriodView),
});

export const toPolicyView = (policy: Policy) => ({
  ...policy,
  mealAllowancePerDay: formatYuan(policy.mealAllowancePerDay),
});
