import { unguard } from "../../../shared/files/formula-guard.ts";
import { filled } from "./cell-values.ts";
import { bothNames, findColumn } from "./column-names.ts";
import { type Column, columns } from "./columns.ts";
import { type CsvRecord, type Delimiter, readCsvRecords } from "./csv-records.ts";
import { ImportError } from "./import-error.ts";
import { isRejectedHeader, reasonColumns } from "./reason-columns.ts";

export interface TableRow extends CsvRecord {
  /** As a spreadsheet counts: the first row of the file is number 1. */
  readonly row: number;
}

export interface Table {
  /** The header's own words. */
  readonly header: readonly string[];
  readonly positions: ReadonlyMap<Column, number>;
  /** All below the header that are not empty. */
  readonly rows: readonly TableRow[];
}

const delimiters: readonly Delimiter[] = [",", ";", "\t"];

/** Titles and notes stand above a header; no table has more of them. */
const MAX_ROWS_ABOVE = 20;
/** So much of the text has the header in it. */
const BEGINNING = 65_536;

/** A spreadsheet writes `sep=;` above everything to tell itself. */
const SEP_LINE = /^\uFEFF?sep=.\r?\n/i;

const isEmpty = ({ cells }: CsvRecord): boolean => cells.every((cell) => filled(cell) === undefined);

/** A file that breaks off was not transferred whole, and may lack more than the end of its last row. */
function refuseTorn(text: string, { header, rows }: Table): void {
  const last = rows.at(-1);
  if (last === undefined || last.cells.length >= header.length || /[\r\n]$/.test(text)) return;
  throw new ImportError(
    `文件在第 ${last.row} 行中断：这一行比表头短，且没有换行；请重新保存或传输整个文件`,
    `The file breaks off in row ${last.row}, which is shorter than the header and has no line end; save or transfer it again`,
  );
}

interface Candidate {
  readonly delimiter: Delimiter;
  readonly headerAt: number;
  readonly found: number;
}

/** The row that names most of the columns, split by a delimiter. */
function findCandidate(text: string, delimiter: Delimiter): Candidate {
  const records = readCsvRecords(text.slice(0, BEGINNING), { delimiter, width: undefined }).slice(
    0,
    MAX_ROWS_ABOVE + 1,
  );
  const candidates = records.map(({ cells }, headerAt) => ({
    delimiter,
    headerAt,
    found: new Set(cells.map(findColumn).filter((column) => column !== undefined)).size,
  }));
  return candidates.reduce((best, each) => (each.found > best.found ? each : best), {
    delimiter,
    headerAt: 0,
    found: 0,
  });
}

function refuseHeader(missing: readonly Column[]): ImportError {
  if (missing.length === columns.length) {
    return new ImportError(
      `找不到表头：须有一行列名，如 ${columns.map(bothNames).join("、")}`,
      `There is no header: one row must name the columns, separated by commas, semicolons or tabs: ${columns.join(",")}`,
    );
  }
  return new ImportError(
    `表头缺少列 ${missing.map(bothNames).join("、")}`,
    `The header lacks ${missing.join(", ")}`,
  );
}

/** Throws ImportError where a column is missing or there twice. */
function toPositions(header: readonly string[]): ReadonlyMap<Column, number> {
  const named = header.map(findColumn);
  const missing = columns.filter((column) => !named.includes(column));
  const twice = columns.filter((column) => named.indexOf(column) !== named.lastIndexOf(column));
  if (missing.length > 0) throw refuseHeader(missing);
  if (twice.length > 0) {
    throw new ImportError(
      `表头中有重复的列 ${twice.map(bothNames).join("、")}`,
      `The header has ${twice.join(", ")} twice`,
    );
  }
  return new Map(columns.map((column) => [column, named.indexOf(column)]));
}

/**
 * The table of a file: its header may stand below a title, and cells lie between commas, semicolons or tabs, whichever
 * of them makes a header. Throws ImportError where there is none, or one that lacks a column or has it twice.
 */
export function findTable(text: string): Table {
  const own = text.replace(SEP_LINE, "\n");
  if (own.trim() === "") throw new ImportError("文件是空的", "The file is empty");
  const best = delimiters
    .map((delimiter) => findCandidate(own, delimiter))
    .reduce((a, b) => (b.found > a.found ? b : a));
  const beginning = readCsvRecords(own.slice(0, BEGINNING), { delimiter: best.delimiter, width: undefined });
  const first = beginning[best.headerAt]?.cells.map(unguard) ?? [];
  const isReport = isRejectedHeader(first);
  // What this program wrote, it can read as it is.
  const width = isReport ? undefined : first.length;
  const records = readCsvRecords(own, { delimiter: best.delimiter, width, above: best.headerAt + 1 }).map(
    ({ cells, isBroken }, place) => ({
      row: place + 1,
      cells: cells.slice(isReport ? reasonColumns.length : 0).map(unguard),
      isBroken,
    }),
  );
  const header = records[best.headerAt]?.cells ?? [];
  const table = {
    header,
    positions: toPositions(header),
    rows: records.slice(best.headerAt + 1).filter((record) => !isEmpty(record)),
  };
  refuseTorn(own, table);
  return table;
}
