import { faultDetail } from "../../../shared/http/fault-texts.ts";
import type { Cells, Column } from "./columns.ts";

/** Faults that only a file can have; all others are the service's own. */
const fileFaultTexts = {
  COLUMN_COUNT: ["列数与表头不符", "The row has another number of columns than the header"],
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

/** A row of the file: number 1 is the header, as a spreadsheet counts. */
export interface CatalogueRow {
  readonly row: number;
  readonly cells: Cells;
}

export interface RejectedRow extends CatalogueRow {
  readonly faults: readonly RowFault[];
}

const fileFaults: Readonly<Record<string, readonly [zh: string, en: string]>> = fileFaultTexts;

/** What is wrong, Chinese and English together. */
export function faultText({ code, badRow }: RowFault): string {
  const text = fileFaults[code]?.join(" · ") ?? faultDetail(code);
  return badRow === undefined ? text : `${text}（第 ${badRow} 行 · row ${badRow}）`;
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
  const judged = rows.map(({ row, cells }, position) => ({ row, cells, faults: faultsAt(position) }));
  const badRow = judged.find(({ faults }) => faults.length > 0)?.row;
  if (badRow === undefined) return judged;
  const because: RowFault = { field: "item_code", code: "ITEM_REJECTED", badRow };
  return judged.map((row) => (row.faults.length > 0 ? row : { ...row, faults: [because] }));
}
