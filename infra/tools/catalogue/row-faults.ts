import type { Cells, Column } from "./columns.ts";

/** Faults that only a file can have; all others are the service's own. */
export const fileFaultTexts = {
  COLUMN_COUNT: [
    "列数与表头不符：中间缺了格，或数字里有未加引号的逗号",
    "The row has another number of cells than the header: some are missing, or a number has a comma without quotes",
  ],
  CODE_IN_SCIENTIFIC_FORM: [
    "编码被表格软件改成了科学计数法，请将该列设为文本后重新填写",
    "A spreadsheet turned the code into scientific notation; make the column text and fill it in again",
  ],
  CODE_HAS_FOREIGN_LETTERS: [
    "编码中有形似英文的西里尔或希腊字母",
    "The code has Cyrillic or Greek letters that look like Latin ones",
  ],
  NUMBER_AMBIGUOUS: [
    "逗号可能是千位分隔，也可能是小数点，请去掉",
    "The comma may separate thousands or decimals; write the number without it",
  ],
  NOT_YES_OR_NO: ["须填 是 或 否", "This must be 是 or 否 (yes or no)"],
  QUOTES_BROKEN: ["引号不成对，整行无法读取", "The quotes do not match; the row cannot be read"],
  ITEM_ROWS_DIFFER: [
    "与同一项目前面的行不一致",
    "This differs from an earlier row of the same item, and an item has one",
  ],
} as const;

export interface RowFault {
  /** Empty where the whole row is meant. */
  readonly field: Column | "";
  readonly code: string;
  /** The bad row because of which this one is rejected, too. */
  readonly badRow?: number;
}

/** A row of the file, counted as a spreadsheet counts. */
export interface CatalogueRow {
  readonly row: number;
  readonly cells: Cells;
  /** All cells as they stand in the file, those of other columns among them. */
  readonly record: readonly string[];
}

export interface RejectedRow extends CatalogueRow {
  readonly faults: readonly RowFault[];
}

export const fileFault = (code: keyof typeof fileFaultTexts, field: Column | "" = ""): RowFault => ({
  field,
  code,
});

/** Rejects all rows of an item: those with faults for what they are, the others because of the first of them. */
export function rejectItem(
  rows: readonly CatalogueRow[],
  faultsAt: (position: number) => readonly RowFault[],
): RejectedRow[] {
  const judged = rows.map(({ row, cells, record }, position) => ({
    row,
    cells,
    record,
    faults: faultsAt(position),
  }));
  const badRow = judged.find(({ faults }) => faults.length > 0)?.row;
  if (badRow === undefined) return judged;
  const because: RowFault = { field: "item_code", code: "ITEM_REJECTED", badRow };
  return judged.map((row) => (row.faults.length > 0 ? row : { ...row, faults: [because] }));
}
