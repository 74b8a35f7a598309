import { nameIn } from "./column-names.ts";
import type { Column } from "./columns.ts";
import { faultText } from "./fault-words.ts";
import type { RejectedRow } from "./row-faults.ts";

/** As many as can be read in a terminal. */
const MAX_GROUPS = 20;
const MAX_VALUES = 5;
const MAX_ROWS = 5;
/** A cell that has a whole text in it does not fill the terminal. */
const MAX_VALUE_LENGTH = 40;

interface Told {
  readonly code: string;
  readonly fields: readonly (Column | "")[];
  readonly text: string;
  /** Each row with what stands in the cell. */
  readonly rows: readonly { readonly row: number; readonly value: string }[];
}

const seeRow = (badRow: number | undefined): string =>
  badRow === undefined ? "" : `（见第 ${badRow} 行 · see row ${badRow}）`;

function quote(value: string): string {
  const characters = [...value];
  if (characters.length === 0) return "（空 · empty）";
  const isLong = characters.length > MAX_VALUE_LENGTH;
  return JSON.stringify(isLong ? `${characters.slice(0, MAX_VALUE_LENGTH).join("")}…` : value);
}

/** One group for each code and column; columns that have the same fault in the same rows are told together. */
function groupFaults(rejected: readonly RejectedRow[]): Told[] {
  const all = rejected.flatMap(({ row, cells, faults }) =>
    faults.map(({ code, field, badRow }) => ({
      ...{ row, code, field, text: faultText({ code, field }) },
      value: field === "" ? "" : `: ${quote(cells[field])}${seeRow(badRow)}`,
    })),
  );
  const byColumn = [...Map.groupBy(all, ({ code, field }) => `${code} ${field}`).values()].map((group) => ({
    ...{ code: group[0]?.code ?? "", field: group[0]?.field ?? "", text: group[0]?.text ?? "" },
    rows: group.map(({ row, value }) => ({ row, value })),
  }));
  const alike = Map.groupBy(byColumn, ({ code, text, rows }) => JSON.stringify([code, text, rows]));
  return [...alike.values()].flatMap((groups) => {
    const [first] = groups;
    return first === undefined ? [] : [{ ...first, fields: groups.map(({ field }) => field) }];
  });
}

/** `行 · rows 2, 5, 8…: "食品"`: a line for each text of the cell, with the first rows that have it. */
function rowLines({ rows }: Told, isShort: boolean): string[] {
  const byValue = [...Map.groupBy(rows, ({ value }) => value)];
  const shown = isShort ? byValue.slice(0, MAX_VALUES) : byValue;
  const lines = shown.map(([value, group]) => {
    const named = isShort ? group.slice(0, MAX_ROWS) : group;
    const more = named.length < group.length ? "…" : "";
    const numbers = named.map(({ row }) => row).join(", ");
    return `      ${group.length === 1 ? "行 · row" : "行 · rows"} ${numbers}${more}${value}`;
  });
  const left = byValue.length - shown.length;
  return left === 0 ? lines : [...lines, `      …… 另有 ${left} 种内容 · and ${left} other texts`];
}

/**
 * What is wrong with the rejected rows, by code and column, as the file's header calls it: how many rows, what is
 * expected, and the first rows. All of them where they are written nowhere else.
 */
export function rejectedLines(
  header: readonly string[],
  rejected: readonly RejectedRow[],
  isWritten: boolean,
): string[] {
  const all = groupFaults(rejected);
  const shown = isWritten ? all.slice(0, MAX_GROUPS) : all;
  const lines = shown.flatMap((told) => {
    const names = told.fields.map((field) => (field === "" ? "整行 · whole row" : nameIn(header, field)));
    const count = new Set(told.rows.map(({ row }) => row)).size;
    return [
      `    ${names.join(", ")} ${told.code}（${count} 行 · rows）`,
      `      ${told.text}`,
      ...rowLines(told, isWritten),
    ];
  });
  const left = all.length - shown.length;
  const rest = `    …… 另有 ${left} 类错误，均在文件中 · and ${left} more kinds of faults, all in the file`;
  return left === 0 ? lines : [...lines, rest];
}
