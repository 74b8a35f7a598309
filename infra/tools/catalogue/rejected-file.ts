import { rm, writeFile } from "node:fs/promises";
import { toCsv } from "../../../shared/files/csv-writer.ts";
import { nameIn } from "./column-names.ts";
import { faultText } from "./fault-words.ts";
import { reasonColumns } from "./reason-columns.ts";
import type { RejectedRow, RowFault } from "./row-faults.ts";

const joined = (parts: readonly string[]): string => [...new Set(parts)].join("; ");

const reasonOf = (header: readonly string[], faults: readonly RowFault[]): string[] => [
  joined(faults.map(({ field }) => (field === "" ? "" : nameIn(header, field)))),
  joined(faults.map(({ code }) => code)),
  joined(faults.map(faultText)),
];

/**
 * The rejected rows as CSV: row, column (as the file calls it) and code of what is wrong, the reason in words, then the row as it was, under
 * the header that it had. Corrected, it can be imported as it is: all rows of an item are in it.
 */
export const rejectedCsv = (header: readonly string[], rejected: readonly RejectedRow[]): string =>
  toCsv([
    [...reasonColumns, ...header],
    ...rejected.map(({ row, faults, record }) => [String(row), ...reasonOf(header, faults), ...record]),
  ]);

/** Writes the rejected rows; where there are none, what an earlier run wrote is removed. */
export async function writeRejectedFile(
  file: string,
  header: readonly string[],
  rejected: readonly RejectedRow[],
): Promise<void> {
  if (rejected.length === 0) await rm(file, { force: true });
  else await writeFile(file, rejectedCsv(header, rejected));
}
