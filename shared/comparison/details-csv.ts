import { pipeline, Readable, type Transform } from "node:stream";
import { createGunzip } from "node:zlib";
import { CsvError, parse } from "csv-parse";
import type { Fault } from "../domain/failures.ts";
import {
  type DetailColumn,
  detailColumns,
  MAX_FILE_BYTES,
  MAX_FILE_ROWS,
  readHeader,
  toDetailInput,
} from "../domain/reconciliation/detail-columns.ts";
import type { FileFault } from "../domain/reconciliation/round.ts";
import { DetailRow } from "../domain/reconciliation/statement.ts";
import { limitBytes, limitRatio, TooCompressed, TooManyBytes } from "../files/limit-bytes.ts";
import { FileUnreadable } from "../files/sealed-stream.ts";
import { FOR_FAULTS, toFaults } from "../http/schema-faults.ts";

/** A file with faults: it is not compared. Thrown out of the stream of its rows. */
export class FileRejected extends Error {
  readonly faults: readonly FileFault[];

  constructor(faults: readonly FileFault[]) {
    super(`${faults.length} faults`);
    this.faults = faults;
  }
}

const MAX_FAULTS = 1_000;
const MAX_RECORD_BYTES = 16_384;
const ROWS_PER_BATCH = 500;
const GZIP_START = [0x1f, 0x8b] as const;

/** What comes out of a transform; a failure before it comes out of it as well. */
function through(source: Readable, transform: Transform): Readable {
  pipeline(source, transform, () => undefined);
  return transform;
}

/** The text of a file that may be compressed, which its first bytes tell. */
async function openText(source: AsyncIterable<Uint8Array>): Promise<Readable> {
  const chunks = source[Symbol.asyncIterator]();
  let start: Buffer = Buffer.alloc(0);
  while (start.length < GZIP_START.length) {
    const next = await chunks.next();
    if (next.done === true) break;
    start = Buffer.concat([start, next.value]);
  }
  async function* whole(): AsyncGenerator<Uint8Array> {
    yield start;
    for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) yield next.value;
  }
  const bytes = Readable.from(whole());
  const isCompressed = GZIP_START.every((byte, index) => start[index] === byte);
  if (!isCompressed) return through(bytes, limitBytes(MAX_FILE_BYTES));
  const ratio = limitRatio();
  const text = through(through(through(bytes, ratio.packed), createGunzip()), ratio.unpacked);
  return through(text, limitBytes(MAX_FILE_BYTES));
}

const isZlibError = (error: unknown): boolean =>
  error instanceof Error && "code" in error && String(error.code).startsWith("Z_");

/** What a reader of the file can mend; anything else is thrown on. */
function toRejection(error: unknown, row: number): unknown {
  if (error instanceof CsvError) return new FileRejected([{ row, field: "", code: "NOT_A_CSV" }]);
  if (error instanceof TooManyBytes) return new FileRejected([{ row, field: "", code: "FILE_TOO_LARGE" }]);
  if (error instanceof TooCompressed) return new FileRejected([{ row, field: "", code: "TOO_COMPRESSED" }]);
  if (error instanceof FileUnreadable) return new FileRejected([{ row, field: "", code: "FILE_UNREADABLE" }]);
  return isZlibError(error) ? new FileRejected([{ row, field: "", code: "NOT_GZIP" }]) : error;
}

const fieldNames = [...detailColumns, "allocation"] as const;

/** The field that a pointer into a row ends in; none for the row as a whole. */
const fieldOf = (pointer: string): FileFault["field"] =>
  fieldNames.find((name) => name === pointer.slice(pointer.lastIndexOf("/") + 1)) ?? "";

function toFileFault(
  positions: ReadonlyMap<DetailColumn, number>,
  row: number,
  { pointer, code }: Fault,
): FileFault {
  const field = fieldOf(pointer);
  const position = field === "" || field === "allocation" ? undefined : positions.get(field);
  return { row, field, ...(position === undefined ? {} : { column: position + 1 }), code };
}

function readRow(
  positions: ReadonlyMap<DetailColumn, number>,
  cells: readonly string[],
  row: number,
  faults: FileFault[],
): DetailRow | undefined {
  const parsed = DetailRow.safeParse(toDetailInput(positions, cells), FOR_FAULTS);
  if (parsed.success) return parsed.data;
  for (const fault of toFaults("", parsed.error.issues))
    if (faults.length < MAX_FAULTS) faults.push(toFileFault(positions, row, fault));
  return undefined;
}

async function* readRecords(text: Readable): AsyncGenerator<readonly string[]> {
  const parser = through(
    text,
    parse({ bom: true, relax_column_count: true, skip_empty_lines: true, max_record_size: MAX_RECORD_BYTES }),
  );
  for await (const record of parser) {
    if (Array.isArray(record)) yield record.map(String);
  }
}

/** Rows of a file of details, in batches. Throws FileRejected with up to 1,000 of its faults once it was read. */
export async function* readDetailsCsv(
  source: AsyncIterable<Uint8Array>,
): AsyncGenerator<readonly DetailRow[]> {
  const faults: FileFault[] = [];
  let positions: ReadonlyMap<DetailColumn, number> | undefined;
  let batch: DetailRow[] = [];
  let row = 0;
  try {
    for await (const cells of readRecords(await openText(source))) {
      row += 1;
      if (positions === undefined) {
        const header = readHeader(cells);
        if (header.faults.length > 0)
          throw new FileRejected(header.faults.slice(0, MAX_FAULTS).map((fault) => ({ row, ...fault })));
        positions = header.positions;
        continue;
      }
      if (row > MAX_FILE_ROWS + 1) throw new FileRejected([{ row, field: "", code: "TOO_MANY" }]);
      const parsed = readRow(positions, cells, row, faults);
      if (faults.length >= MAX_FAULTS) break;
      if (parsed !== undefined) batch.push(parsed);
      if (batch.length < ROWS_PER_BATCH) continue;
      yield batch;
      batch = [];
    }
  } catch (error) {
    throw toRejection(error, row + 1);
  }
  if (positions === undefined) throw new FileRejected([{ row: 1, field: "", code: "TOO_FEW" }]);
  if (faults.length > 0) throw new FileRejected(faults);
  yield batch;
}
