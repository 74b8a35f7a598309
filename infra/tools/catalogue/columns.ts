import {
  filled,
  toBearer,
  toCode,
  toDay,
  toFlag,
  toKind,
  toLastDay,
  toNumber,
  toShare,
} from "./cell-values.ts";

/** The columns of a catalogue file: all of them must be there, in any order; others are passed over. */
export const columns = [
  "item_code",
  "name",
  "kind",
  "unit",
  "from",
  "to",
  "medical",
  "rehabilitation",
  "restricted",
  "cap_tier1",
  "cap_tier2",
  "cap_tier3",
  "max_per_day",
  "max_per_visit",
  "fund_ratio",
  "ratio_remainder_bearer",
  "over_cap_bearer",
] as const;
export type Column = (typeof columns)[number];

/** One row's cells, as they stand in the file. */
export type Cells = Readonly<Record<Column, string>>;

/** What a row says, as the contract spells it; whether it may say so is the schema's to judge. */
export interface PeriodBody {
  readonly from: string | undefined;
  readonly to: string | null;
  readonly medical: boolean | string | undefined;
  readonly rehabilitation: boolean | string | undefined;
  readonly restricted: boolean | string | undefined;
  readonly caps: Readonly<Record<"1" | "2" | "3", string | undefined>> | null;
  readonly maxPerDay: string | undefined;
  readonly maxPerVisit: string | undefined;
  readonly fundRatio: string | undefined;
  readonly ratioRemainderBearer: string | undefined;
  readonly overCapBearer: string | undefined;
}

export interface ItemBody {
  readonly itemCode: string | undefined;
  readonly name: string | undefined;
  readonly kind: string | undefined;
  readonly unit: string;
  readonly periods: readonly PeriodBody[];
}

export function toPeriodBody(cells: Cells): PeriodBody {
  const caps = {
    "1": toNumber(cells.cap_tier1),
    "2": toNumber(cells.cap_tier2),
    "3": toNumber(cells.cap_tier3),
  };
  const hasCaps = Object.values(caps).some((cap) => cap !== undefined);
  return {
    from: toDay(cells.from),
    to: toLastDay(cells.to),
    medical: toFlag(cells.medical),
    rehabilitation: toFlag(cells.rehabilitation),
    restricted: toFlag(cells.restricted),
    caps: hasCaps ? caps : null,
    maxPerDay: toNumber(cells.max_per_day),
    maxPerVisit: toNumber(cells.max_per_visit),
    fundRatio: toShare(cells.fund_ratio),
    ratioRemainderBearer: toBearer(cells.ratio_remainder_bearer),
    overCapBearer: toBearer(cells.over_cap_bearer),
  };
}

/** The item that a row states, with these periods. */
export const toItemBody = (cells: Cells, periods: readonly PeriodBody[]): ItemBody => ({
  itemCode: toCode(cells.item_code),
  // A name that was written in two lines of a cell is one.
  name: filled(cells.name)?.replaceAll(/\s*\n\s*/g, " "),
  kind: toKind(cells.kind),
  unit: filled(cells.unit) ?? "",
  periods,
});

/** Where a fault of an item lies in the file; faults of all periods together lie where each begins. */
const columnAt: Readonly<Record<string, Column>> = {
  itemCode: "item_code",
  name: "name",
  kind: "kind",
  unit: "unit",
  periods: "from",
  "periods/from": "from",
  "periods/to": "to",
  "periods/medical": "medical",
  "periods/rehabilitation": "rehabilitation",
  "periods/restricted": "restricted",
  "periods/caps": "cap_tier1",
  "periods/caps/1": "cap_tier1",
  "periods/caps/2": "cap_tier2",
  "periods/caps/3": "cap_tier3",
  "periods/maxPerDay": "max_per_day",
  "periods/maxPerVisit": "max_per_visit",
  "periods/fundRatio": "fund_ratio",
  "periods/ratioRemainderBearer": "ratio_remainder_bearer",
  "periods/overCapBearer": "over_cap_bearer",
};

export interface FaultPlace {
  /** Position among the call's items. */
  readonly item: number;
  /** Position among the item's periods; undefined where the fault is the whole item's. */
  readonly period: number | undefined;
  readonly column: Column;
}

const ITEM_POINTER = /^\/items\/(\d+)(?:\/(.+))?$/;

/** Finds the place in the file that a pointer such as `/items/3/periods/1/caps/2` means. */
export function findPlace(pointer: string): FaultPlace | undefined {
  const [, item, path = ""] = ITEM_POINTER.exec(pointer) ?? [];
  if (item === undefined) return undefined;
  const period = /^periods\/(\d+)/.exec(path)?.[1];
  const column = columnAt[path.replace(/^periods\/\d+/, "periods")] ?? "item_code";
  return { item: Number(item), period: period === undefined ? undefined : Number(period), column };
}
