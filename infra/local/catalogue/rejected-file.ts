import { rm, writeFile } from "node:fs/promises";
import { columns } from "./columns.ts";
import { faultText, type RejectedRow } from "./row-faults.ts";

const BYTE_ORDER_MARK = "\uFEFF";

const toCell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

const toLine = (cells: readonly string[]): string => `${cells.map(toCell).join(",")}\n`;

/** Several faults of a row stand in the same order in each of the three cells. */
function toCells({ row, faults, cells }: RejectedRow): string[] {
  const joined = (parts: readonly string[]): string => parts.join("; ");
  return [
    String(row),
    joined(faults.map(({ field }) => field)),
    joined(faults.map(({ code }) => code)),
    joined(faults.map(faultText)),
    ...columns.map((column) => cells[column]),
  ];
}

/**
 * The rejected rows as CSV: row, field and code of what is wrong, then the row itself. Corrected, it can be imported
 * as it is: all rows of an item are in it, and columns that a catalogue does not have are passed over.
 */
export const rejectedCsv = (rejected: readonly RejectedRow[]): string =>
  // Without the mark, a spreadsheet in China reads UTF-8 as GBK.
  BYTE_ORDER_MARK +
  [["row", "field", "code", "detail", ...columns], ...rejected.map(toCells)].map(toLine).join("");

/** Writes the rejected rows; where there are none, what an earlier run wrote is removed. */
export async function writeRejectedFile(file: string, rejected: readonly RejectedRow[]): Promise<void> {
  if (rejected.length === 0) await rm(file, { force: true });
  else await writeFile(file, rejectedCsv(rejected));
}
