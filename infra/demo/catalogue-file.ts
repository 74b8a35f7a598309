import { readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import type { Bearer, CatalogueItemBody, CataloguePeriodBody, ItemKind } from "./registry-bodies.ts";

const FILE = new URL("./catalogue.csv", import.meta.url);

const kinds: readonly ItemKind[] = ["DRUG", "SERVICE", "MATERIAL", "BED", "DEVICE"];
const bearers: readonly Bearer[] = [
  "FUND",
  "EMPLOYER",
  "HOSPITAL",
  "THIRD_PARTY",
  "OTHER_INSURER",
  "PERSONAL",
];

/** One cell after the other by column name; throws for a column that the file lacks. */
type Row = (column: string) => string;

function oneOf<T extends string>(allowed: readonly T[], text: string): T {
  const found = allowed.find((candidate) => candidate === text);
  if (found === undefined) throw new RangeError(`catalogue.csv: ${text} is none of ${allowed.join(" ")}`);
  return found;
}

const isTrue = (text: string): boolean => oneOf(["true", "false"], text) === "true";

function toPeriod(row: Row): CataloguePeriodBody {
  const filled = (column: string): string | undefined => (row(column) === "" ? undefined : row(column));
  const maxPerDay = filled("max_per_day");
  const maxPerVisit = filled("max_per_visit");
  const fundRatio = filled("fund_ratio");
  const remainder = filled("ratio_remainder_bearer");
  const overCap = filled("over_cap_bearer");
  const hasCaps = filled("cap_tier1") !== undefined;
  return {
    from: row("from"),
    to: filled("to") ?? null,
    medical: isTrue(row("medical")),
    rehabilitation: isTrue(row("rehabilitation")),
    restricted: isTrue(row("restricted")),
    caps: hasCaps ? { "1": row("cap_tier1"), "2": row("cap_tier2"), "3": row("cap_tier3") } : null,
    ...(maxPerDay === undefined ? {} : { maxPerDay }),
    ...(maxPerVisit === undefined ? {} : { maxPerVisit }),
    ...(fundRatio === undefined ? {} : { fundRatio }),
    ...(remainder === undefined ? {} : { ratioRemainderBearer: oneOf(bearers, remainder) }),
    ...(overCap === undefined ? {} : { overCapBearer: oneOf(bearers, overCap) }),
  };
}

function toRow(cells: Readonly<Record<string, string>>): Row {
  return (column) => {
    const cell = cells[column];
    if (cell === undefined) throw new RangeError(`catalogue.csv has no column ${column}`);
    return cell;
  };
}

/**
 * The invented catalogue of the fictional district as request bodies, one for each item with its periods in the
 * order of the file. Reads catalogue.csv, which has one row for each item and period.
 */
export function readCatalogueItems(): readonly CatalogueItemBody[] {
  const rows = parse<Record<string, string>>(readFileSync(FILE), {
    columns: true,
    bom: true,
    skip_empty_lines: true,
  });
  const items = new Map<string, CatalogueItemBody & { readonly periods: CataloguePeriodBody[] }>();
  for (const row of rows.map(toRow)) {
    const itemCode = row("item_code");
    const known = items.get(itemCode);
    if (known !== undefined) {
      known.periods.push(toPeriod(row));
      continue;
    }
    const kind = oneOf(kinds, row("kind"));
    items.set(itemCode, { itemCode, name: row("name"), kind, unit: row("unit"), periods: [toPeriod(row)] });
  }
  return [...items.values()];
}
