import { parse } from "csv-parse/sync";
import { CatalogueItem } from "../../shared/domain/registry/catalogue.ts";
import { toFaults } from "../../shared/http/schema-faults.ts";

/** A fault of one row: the first data row after the header is row 2, as a spreadsheet counts. */
export interface RejectedRow {
  readonly row: number;
  readonly itemCode: string;
  readonly field: string;
  readonly code: string;
}

/** An item as the service takes it, with the rows that it came from, one for each period. */
export interface CatalogueEntry {
  readonly item: { readonly itemCode: string };
  readonly rows: readonly number[];
}

export interface CatalogueRead {
  readonly entries: readonly CatalogueEntry[];
  readonly rejected: readonly RejectedRow[];
  readonly rowCount: number;
}

/** Column of each field of an item, and of each field of a period. */
const itemColumns = { itemCode: "item_code", name: "name", kind: "kind", unit: "unit" } as const;
const periodColumns: Readonly<Record<string, string>> = {
  from: "from",
  to: "to",
  medical: "medical",
  rehabilitation: "rehabilitation",
  restricted: "restricted",
  "caps/1": "cap_tier1",
  "caps/2": "cap_tier2",
  "caps/3": "cap_tier3",
  maxPerDay: "max_per_day",
  maxPerVisit: "max_per_visit",
  fundRatio: "fund_ratio",
  ratioRemainderBearer: "ratio_remainder_bearer",
  overCapBearer: "over_cap_bearer",
};
const columns: readonly string[] = [...Object.values(itemColumns), ...Object.values(periodColumns)];

type Cells = Readonly<Record<string, string>>;

const cell = (cells: Cells, column: string): string => (cells[column] ?? "").trim();
const filled = (cells: Cells, column: string): string | undefined => cell(cells, column) || undefined;

/** `true` and `false` become what they say; anything else stays for the schema to refuse. */
const flag = (cells: Cells, column: string): boolean | string => {
  const text = cell(cells, column).toLowerCase();
  return text === "true" ? true : text === "false" ? false : text;
};

function toPeriod(cells: Cells): object {
  const caps = {
    "1": filled(cells, "cap_tier1"),
    "2": filled(cells, "cap_tier2"),
    "3": filled(cells, "cap_tier3"),
  };
  const optional = ["maxPerDay", "maxPerVisit", "fundRatio", "ratioRemainderBearer", "overCapBearer"];
  const given = optional.map((field) => [field, filled(cells, periodColumns[field] ?? "")]);
  return {
    from: cell(cells, "from"),
    to: filled(cells, "to") ?? null,
    medical: flag(cells, "medical"),
    rehabilitation: flag(cells, "rehabilitation"),
    restricted: flag(cells, "restricted"),
    caps: Object.values(caps).every((cap) => cap === undefined) ? null : caps,
    ...Object.fromEntries(given.filter(([, value]) => value !== undefined)),
  };
}

interface Row {
  readonly number: number;
  readonly cells: Cells;
}

/** The row and column that a pointer into an item means. */
export function locate(pointer: string, rows: readonly number[]): { row: number; field: string } {
  const first = rows[0] ?? 0;
  const period = /^\/periods\/(\d+)(?:\/(.*))?$/.exec(pointer);
  if (period === null) {
    const field = Object.entries(itemColumns).find(([name]) => pointer === `/${name}`);
    return { row: first, field: field?.[1] ?? pointer };
  }
  const row = rows[Number(period[1])] ?? first;
  return { row, field: periodColumns[period[2] ?? ""] ?? period[2] ?? "from" };
}

/** One item of its rows, or what is wrong with each; the item's other rows are reported with it. */
function toEntry(itemCode: string, rows: readonly Row[]): CatalogueEntry | RejectedRow[] {
  const numbers = rows.map(({ number }) => number);
  const [head] = rows;
  const names = Object.entries(itemColumns).map(([field, column]) => [
    field,
    cell(head?.cells ?? {}, column),
  ]);
  const item = { itemCode, ...Object.fromEntries(names), periods: rows.map(({ cells }) => toPeriod(cells)) };
  const parsed = CatalogueItem.safeParse(item, { reportInput: true });
  if (parsed.success) return { item, rows: numbers };
  const faults = toFaults("", parsed.error.issues).map(({ pointer, code }) => ({
    itemCode,
    code,
    ...locate(pointer, numbers),
  }));
  const named = new Set(faults.map(({ row }) => row));
  const others = numbers.filter((row) => !named.has(row));
  return [...faults, ...others.map((row) => ({ row, itemCode, field: "item_code", code: "ITEM_REJECTED" }))];
}

/** UTF-8, or GB18030 as spreadsheets in China write it. */
function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("gb18030").decode(bytes);
  }
}

/**
 * Reads a catalogue with one row for each item and period; rows of one item may stand anywhere. Throws where the
 * file has no rows or lacks a column; a bad row rejects its item and nothing else.
 */
export function readCatalogueCsv(bytes: Uint8Array): CatalogueRead {
  const records: Cells[] = parse(decode(bytes), {
    columns: true,
    bom: true,
    skip_empty_lines: true,
  });
  const [first] = records;
  if (first === undefined) throw new Error("文件没有数据行 · the file has no rows");
  const missing = columns.filter((column) => !(column in first));
  if (missing.length > 0) throw new Error(`缺少列 · columns are missing: ${missing.join(", ")}`);

  const rows = records.map((cells, index): Row => ({ number: index + 2, cells }));
  const byItem = Map.groupBy(rows, ({ cells }) => cell(cells, "item_code"));
  const entries: CatalogueEntry[] = [];
  const rejected: RejectedRow[] = [];
  for (const [itemCode, itemRows] of byItem) {
    const entry = toEntry(itemCode, itemRows);
    if (Array.isArray(entry)) rejected.push(...entry);
    else entries.push(entry);
  }
  return { entries, rejected: rejected.sort((a, b) => a.row - b.row), rowCount: rows.length };
}
