import * as z from "zod/mini";
import { ItemCode } from "../../../shared/domain/catalogue/catalogue.ts";
import { filled, hasLookAlike, isAmbiguousNumber, isScientific, toCode } from "./cell-values.ts";
import {
  type Cells,
  type Column,
  columns,
  findPlace,
  type ItemBody,
  toItemBody,
  toPeriodBody,
} from "./columns.ts";
import { type DecodedFile, decodeCatalogue } from "./decode-catalogue.ts";
import { findTable, type Table, type TableRow } from "./find-header.ts";
import { ImportError } from "./import-error.ts";
import { findItemFaults } from "./import-operation.ts";
import { type CatalogueRow, fileFault, type RejectedRow, type RowFault, rejectItem } from "./row-faults.ts";

/** An item that the service takes, with the rows that state it: one for each period, in the same order. */
export interface CatalogueEntry {
  readonly item: ItemBody;
  readonly rows: readonly CatalogueRow[];
}

export interface CatalogueCsv {
  readonly entries: readonly CatalogueEntry[];
  /** In the order of the file. */
  readonly rejected: readonly RejectedRow[];
  /** The header's own words, above the rows that are rejected. */
  readonly header: readonly string[];
  /** Without the header, what is above it, and empty rows. */
  readonly rowCount: number;
  /** Rows that end before the header does: what is missing was read as empty. */
  readonly shortRowCount: number;
  readonly encoding: DecodedFile["encoding"];
}

/** A row with what is wrong with its form, before anything that it says is looked at. */
interface ReadRow extends CatalogueRow {
  readonly formFaults: readonly RowFault[];
}

const caps: readonly Column[] = ["cap_tier1", "cap_tier2", "cap_tier3"];
const required: readonly Column[] = [
  "item_code",
  "name",
  "kind",
  "from",
  "medical",
  "rehabilitation",
  "restricted",
];

/**
 * Cells beyond the header are forgiven where they are empty, and so are those that are missing at the end: spreadsheets
 * leave out empty ones there. What must be filled in is never missing like this, nor is one cap of three.
 */
function findFormFaults({ cells, isBroken }: TableRow, { header, positions }: Table): RowFault[] {
  if (isBroken) return [fileFault("QUOTES_BROKEN")];
  const has = (column: Column): boolean => (positions.get(column) ?? 0) < cells.length;
  const isFilled = (column: Column): boolean =>
    filled(cells[positions.get(column) ?? -1] ?? "") !== undefined;
  const breaksOff = !required.every(has) || (caps.some(isFilled) && !caps.every(has));
  const isTooLong = cells.slice(header.length).some((cell) => filled(cell) !== undefined);
  return breaksOff || isTooLong ? [fileFault("COLUMN_COUNT")] : [];
}

function toRows(table: Table): ReadRow[] {
  if (table.rows.length === 0)
    throw new ImportError("文件只有表头，没有数据行", "The file has a header and no rows");
  return table.rows.map((record) => {
    const at = (column: Column): string => record.cells[table.positions.get(column) ?? -1] ?? "";
    const cells = Object.fromEntries(columns.map((column) => [column, at(column)])) as Cells;
    return { row: record.row, cells, record: record.cells, formFaults: findFormFaults(record, table) };
  });
}

const flagColumns: readonly string[] = ["medical", "rehabilitation", "restricted"];
const numberColumns: readonly Column[] = [...caps, "max_per_day", "max_per_visit"];

/** What only a file can have wrong in a cell, and says better than the service what it is. */
function findCellFaults(cells: Cells): RowFault[] {
  const code = toCode(cells.item_code) ?? "";
  return [
    ...(isScientific(code) ? [fileFault("CODE_IN_SCIENTIFIC_FORM", "item_code")] : []),
    ...(hasLookAlike(code) ? [fileFault("CODE_HAS_FOREIGN_LETTERS", "item_code")] : []),
    ...numberColumns
      .filter((column) => isAmbiguousNumber(cells[column]))
      .map((column) => fileFault("NUMBER_AMBIGUOUS", column)),
  ];
}

/** The service's own words for a cell, but for yes and no, which it knows as true and false. */
function toRowFault(pointer: string, code: string): RowFault {
  const field = findPlace(pointer)?.column ?? "";
  return code === "WRONG_TYPE" && flagColumns.includes(field) && field !== ""
    ? fileFault("NOT_YES_OR_NO", field)
    : { field, code };
}

const itemColumns = ["name", "kind", "unit"] as const;

/** What is wrong with a row by itself, and beside the first row of its item. */
function findRowFaults({ cells, formFaults }: ReadRow, first: Cells): readonly RowFault[] {
  if (formFaults.length > 0) return formFaults;
  const item = toItemBody(cells, [toPeriodBody(cells)]);
  const firstItem = toItemBody(first, []);
  const differing = itemColumns.filter((column) => item[column] !== firstItem[column]);
  const cellFaults = findCellFaults(cells);
  const ownFaults = findItemFaults(item)
    .map(({ pointer, code }) => toRowFault(pointer, code))
    .filter(({ field }) => !cellFaults.some((fault) => fault.field === field));
  return [...differing.map((column) => fileFault("ITEM_ROWS_DIFFER", column)), ...cellFaults, ...ownFaults];
}

/** Faults that rows have only together, each at the row with which it arises: periods that overlap, too many. */
function findFaultsTogether(rows: readonly ReadRow[]): ReadonlyMap<ReadRow, readonly RowFault[]> {
  const found = new Map<ReadRow, readonly RowFault[]>();
  const kept: ReadRow[] = [];
  for (const row of rows) {
    const periods = [...kept, row].map(({ cells }) => toPeriodBody(cells));
    const [fault] = findItemFaults(toItemBody(row.cells, periods));
    if (fault === undefined) kept.push(row);
    else found.set(row, [{ field: "from", code: fault.code }]);
  }
  return found;
}

type Rows = readonly [ReadRow, ...ReadRow[]];

/** One item of its rows, or all of them rejected. */
function judgeItem(rows: Rows): CatalogueEntry | readonly RejectedRow[] {
  const first = rows.find(({ formFaults }) => formFaults.length === 0) ?? rows[0];
  const ownFaults = rows.map((row) => findRowFaults(row, first.cells));
  const good = rows.filter((_row, position) => ownFaults[position]?.length === 0);
  const faultsTogether = good.length > 1 ? findFaultsTogether(good) : new Map<ReadRow, readonly RowFault[]>();
  const faults = rows.map((row, position) => faultsTogether.get(row) ?? ownFaults[position] ?? []);
  if (faults.some(({ length }) => length > 0)) return rejectItem(rows, (position) => faults[position] ?? []);
  const periods = rows.map(({ cells }) => toPeriodBody(cells));
  return {
    item: toItemBody(first.cells, periods),
    rows: rows.map(({ row, cells, record }) => ({ row, cells, record })),
  };
}

const isRejected = (judged: CatalogueEntry | readonly RejectedRow[]): judged is readonly RejectedRow[] =>
  Array.isArray(judged);

/** Codes that the service takes for one, however they are written, are one item. */
function itemOf({ row, cells }: ReadRow): string {
  const code = toCode(cells.item_code);
  // Rows that name no item have nothing in common.
  return code === undefined ? `row ${row}` : (z.safeParse(ItemCode, code).data ?? code);
}

/**
 * Reads a catalogue, one row for each item and period, and judges every row by the schemas of the service itself.
 * Rows of an item may stand anywhere; an item with a bad row is rejected with all of its rows. Throws ImportError
 * where there is nothing to read: no text, no rows, a column missing, or a file that breaks off.
 */
export function readCatalogueCsv(bytes: Uint8Array): CatalogueCsv {
  const { text, encoding } = decodeCatalogue(bytes);
  const table = findTable(text);
  const rows = toRows(table);
  const byItem = new Map<string, [ReadRow, ...ReadRow[]]>();
  for (const row of rows) {
    const item = itemOf(row);
    const others = byItem.get(item);
    if (others === undefined) byItem.set(item, [row]);
    else others.push(row);
  }
  const judged = [...byItem.values()].map(judgeItem);
  return {
    entries: judged.flatMap((each) => (isRejected(each) ? [] : [each])),
    rejected: judged.flatMap((each) => (isRejected(each) ? each : [])).sort((a, b) => a.row - b.row),
    header: table.header,
    rowCount: rows.length,
    shortRowCount: rows.filter(
      ({ record, formFaults }) => formFaults.length === 0 && record.length < table.header.length,
    ).length,
    encoding,
  };
}
