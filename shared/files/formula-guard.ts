/**
 * What a spreadsheet would run as a formula, or lose its beginning of: `=`, `+`, `-`, `@` in either width, also behind
 * blanks, a bar (DDE), and a tab or line end at the beginning (OWASP, CSV Injection).
 */
const DANGEROUS = /^'*(?:[\t\r\n]|\s*[=+\-@|＝＋－＠])/;
const GUARDED = /^'+(?:[\t\r\n]|\s*[=+\-@|＝＋－＠])/;
/** An amount below zero is shown as the number that it is, and can be summed up. */
const NUMBER = /^-(?:0|[1-9]\d*)(?:\.\d+)?$/;

/** A cell that a spreadsheet shows as it is: behind an apostrophe where it would not. */
export const guard = (cell: string): string =>
  DANGEROUS.test(cell) && !NUMBER.test(cell) ? `'${cell}` : cell;

/** The cell that was guarded. */
export const unguard = (cell: string): string => (GUARDED.test(cell) ? cell.slice(1) : cell);
