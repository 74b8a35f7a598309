/** What stands before a rejected row: where it was, and why it was rejected. */
export const reasonColumns = ["行号 row", "列 field", "代码 code", "原因 reason"] as const;

/** Whether a file is one of rejected rows: their reasons are no part of the catalogue. */
export const isRejectedHeader = (header: readonly string[]): boolean =>
  reasonColumns.every((name, place) => header[place] === name);
