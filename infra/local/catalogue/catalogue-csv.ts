import {
  type Cells,
  type Column,
  columns,
  filled,
  findPlace,
  type ItemBody,
  toItemBody,
  toPeriodBody,
} from "./columns.ts";
import { type CsvRecord, readCsvRecords } from "./csv-records.ts";
import { type DecodedFile, decodeCatalogue } from "./decode-catalogue.ts";
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
  /** Without the header and empty rows. */
  readonly rowCount: number;
  readonly encoding: DecodedFile["encoding"];
}

/** A row with what is wrong with its form, before anything that it says is looked at. */
interface ReadRow extends CatalogueRow {
  readonly formFaults: readonly RowFault[];
}

const isEmpty = ({ cells }: CsvRecord): boolean => cells.every((cell) => filled(cell) === undefined);

/** The position of each column; throws ImportError for a header that lacks one or has it twice. */
function readHeader(header: CsvRecord): ReadonlyMap<Column, number> {
  const names = header.cells.map((cell) => cell.trim().toLowerCase());
  const missing = columns.filter((column) => !names.includes(column));
  const twice = columns.filter((column) => names.indexOf(column) !== names.lastIndexOf(column));
  if (missing.length > 0) {
    throw new ImportError(
      `表头缺少列 ${missing.join("、")}；第一行须为列名，以逗号分隔：${columns.join(",")}`,
      `The header lacks ${missing.join(", ")}; the first row must name the columns, separated by commas`,
    );
  }
  if (twice.length > 0) {
    throw new ImportError(`表头中有重复的列 ${twice.join("、")}`, `The header has ${twice.join(", ")} twice`);
  }
  return new Map(columns.map((column) => [column, names.indexOf(column)]));
}

/** Cells beyond the header are forgiven where they are empty; a cell that is missing may have been a cap. */
function findFormFaults({ cells, isBroken }: CsvRecord, width: number): RowFault[] {
  if (isBroken) return [fileFault("QUOTES_BROKEN")];
  const hasAll = cells.length >= width && cells.slice(width).every((cell) => filled(cell) === undefined);
  return hasAll ? [] : [fileFault("COLUMN_COUNT")];
}

function toRows(records: readonly CsvRecord[]): ReadRow[] {
  const headerAt = records.findIndex((record) => !isEmpty(record));
  const header = records[headerAt];
  if (header === undefined) throw new ImportError("文件是空的", "The file is empty");
  const positions = readHeader(header);
  const toCells = (cells: readonly string[]): Cells => {
    const at = (column: Column): string => cells[positions.get(column) ?? -1] ?? "";
    return Object.fromEntries(columns.map((column) => [column, at(column)])) as Cells;
  };
  const rows = records.flatMap((record, place) => {
    if (place <= headerAt || isEmpty(record)) return [];
    const formFaults = findFormFaults(record, header.cells.length);
    return [{ row: place + 1, cells: toCells(record.cells), formFaults }];
  });
  if (rows.length === 0)
    throw new ImportError("文件只有表头，没有数据行", "The file has a header and no rows");
  return rows;
}

const itemColumns = ["name", "kind", "unit"] as const;

/** What is wrong with a row by itself, and beside the first row of its item. */
function findRowFaults({ cells, formFaults }: ReadRow, first: Cells): readonly RowFault[] {
  if (formFaults.length > 0) return formFaults;
  const differing = itemColumns.filter((column) => cells[column].trim() !== first[column].trim());
  const ownFaults = findItemFaults(toItemBody(cells, [toPeriodBody(cells)]));
  return [
    ...differing.map((column) => fileFault("ITEM_ROWS_DIFFER", column)),
    ...ownFaults.map(({ pointer, code }) => ({ field: findPlace(pointer)?.column ?? "", code }) as const),
  ];
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
    rows: rows.map(({ row, cells }) => ({ row, cells })),
  };
}

const isRejected = (judged: CatalogueEntry | readonly RejectedRow[]): judged is readonly RejectedRow[] =>
  Array.isArray(judged);

/**
 * Reads a catalogue, one row for each item and period, and judges every row by the schemas of the service itself.
 * Rows of an item may stand anywhere; an item with a bad row is rejected with all of its rows. Throws ImportError
 * where there is nothing to read: no text, no rows, or a column missing.
 */
export function readCatalogueCsv(bytes: Uint8Array): CatalogueCsv {
  const { text, encoding } = decodeCatalogue(bytes);
  const rows = toRows(readCsvRecords(text));
  const byItem = new Map<string, [ReadRow, ...ReadRow[]]>();
  for (const row of rows) {
    // Rows that name no item have nothing in common.
    const itemCode = filled(row.cells.item_code) ?? `row ${row.row}`;
    const others = byItem.get(itemCode);
    if (others === undefined) byItem.set(itemCode, [row]);
    else others.push(row);
  }
  const judged = [...byItem.values()].map(judgeItem);
  return {
    entries: judged.flatMap((each) => (isRejected(each) ? [] : [each])),
    rejected: judged.flatMap((each) => (isRejected(each) ? each : [])).sort((a, b) => a.row - b.row),
    rowCount: rows.length,
    encoding,
  };
}
