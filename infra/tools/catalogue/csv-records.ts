import { CsvError, type Info, parse } from "csv-parse/sync";

export interface CsvRecord {
  readonly cells: readonly string[];
  /** The quotes do not match: the cells are what lies between the line's delimiters. */
  readonly isBroken: boolean;
}

export type Delimiter = "," | ";" | "\t";

/** A row of a catalogue has some 150 bytes; what is much longer began with a quote that is never closed. */
const MAX_RECORD_BYTES = 16_384;

const NEWLINE = 10;

/** Thrown out of the parser where a record has other rows inside a cell. */
class RowsSwallowed extends Error {}

/**
 * A quote that is not closed swallows rows until the next one. A cell that spans two rows from the same column has
 * as many delimiters as a row; from another column, the number of cells comes out wrong.
 */
function swallowsRows(cells: readonly string[], width: number, delimiter: Delimiter): boolean {
  const ofLines = cells.filter((cell) => cell.includes("\n"));
  if (ofLines.length === 0) return false;
  return cells.length !== width || ofLines.some((cell) => cell.split(delimiter).length >= width);
}

interface Form {
  readonly delimiter: Delimiter;
  /** Cells of the header, by which rows that were swallowed are known; undefined where they are not looked for. */
  readonly width: number | undefined;
  /** So many records at the beginning, up to the header, are taken as they are: a title may have lines in it. */
  readonly above?: number;
}

/** Reads records up to the first broken one; returns how many bytes the good ones take. */
function readGoodRecords(bytes: Buffer, { delimiter, width, above = 0 }: Form, records: CsvRecord[]): number {
  let bytesRead = 0;
  const onRecord = (cells: string[], { bytes_records }: Info): null => {
    const isLookedAt = width !== undefined && records.length >= above;
    if (isLookedAt && swallowsRows(cells, width, delimiter)) throw new RowsSwallowed();
    records.push({ cells, isBroken: false });
    bytesRead = bytes_records;
    return null;
  };
  try {
    parse(bytes, {
      delimiter,
      relax_column_count: true,
      record_delimiter: "\n",
      max_record_size: MAX_RECORD_BYTES,
      on_record: onRecord,
    });
    return bytes.length;
  } catch (error) {
    if (error instanceof CsvError || error instanceof RowsSwallowed) return bytesRead;
    throw error;
  }
}

/**
 * Every record of a CSV text (RFC 4180; lines may end in CRLF, LF or CR), in order, empty ones included. A record
 * whose quotes do not match costs its own line and no other: reading goes on with the next line.
 */
export function readCsvRecords(text: string, form: Form): CsvRecord[] {
  const bytes = Buffer.from(text.replaceAll(/\r\n?/g, "\n"));
  const records: CsvRecord[] = [];
  let start = 0;
  while (start < bytes.length) {
    start += readGoodRecords(bytes.subarray(start), form, records);
    if (start >= bytes.length) break;
    const newline = bytes.indexOf(NEWLINE, start);
    const end = newline < 0 ? bytes.length : newline;
    const line = bytes.toString("utf8", start, end).replaceAll('"', "");
    records.push({ cells: line.split(form.delimiter), isBroken: true });
    start = end + 1;
  }
  return records;
}
