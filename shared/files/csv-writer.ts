import { guard } from "./formula-guard.ts";

/** UTF-8 byte order mark: without it, a spreadsheet in China reads UTF-8 as GBK. */
const BYTE_ORDER_MARK = "\uFEFF";

function toCell(text: string | undefined): string {
  const cell = guard(text ?? "");
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/**
 * Rows as CSV (RFC 4180) that a spreadsheet opens with its Chinese, shows as they are and never calculates; a number
 * below zero stays a number. An undefined cell is empty.
 */
export const toCsv = (rows: readonly (readonly (string | undefined)[])[]): string =>
  BYTE_ORDER_MARK + rows.map((row) => `${row.map(toCell).join(",")}\r\n`).join("");
