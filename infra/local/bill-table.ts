import type { BillResult } from "../demo/post-bill.ts";

const isWide = (character: string): boolean =>
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]/u.test(character);

/** Columns that a text takes in a terminal: Chinese characters take two. */
const widthOf = (text: string): number =>
  [...text].reduce((width, character) => width + (isWide(character) ? 2 : 1), 0);

const pad = (text: string, width: number, toRight: boolean): string => {
  const space = " ".repeat(Math.max(0, width - widthOf(text)));
  return toRight ? space + text : text + space;
};

const headings = [
  "就诊号 visit",
  "职工",
  "类别 type",
  "明细",
  "总额 total",
  "基金 fund",
  "单位",
  "医院",
  "其他",
  "状态",
];
const FIRST_NUMBER = 3;
const LAST_NUMBER = 8;

const inFen = (amount: string): number => Math.round(Number(amount) * 100);
const sum = (amounts: readonly string[]): string =>
  (amounts.reduce((total, amount) => total + inFen(amount), 0) / 100).toFixed(2);

/** The bills as a table for a terminal, with a closing line of sums. */
export function billTable(results: readonly BillResult[]): string {
  const rows = results.map((each) => [
    each.hospitalVisitNo,
    each.worker,
    each.visitType,
    String(each.lines),
    each.total,
    each.fund,
    each.employer,
    each.hospital,
    each.other,
    each.status,
  ]);
  const column = (of: (each: BillResult) => string): string => sum(results.map(of));
  const closing = [
    `合计 ${results.length}`,
    "",
    "",
    String(results.reduce((lines, each) => lines + each.lines, 0)),
    column((each) => each.total),
    column((each) => each.fund),
    column((each) => each.employer),
    column((each) => each.hospital),
    column((each) => each.other),
    "",
  ];
  const all = [headings, ...rows, closing];
  const widths = headings.map((_, index) => Math.max(...all.map((row) => widthOf(row[index] ?? ""))));
  const line = (row: readonly string[]): string =>
    `  ${row
      .map((cell, i) => pad(cell, widths[i] ?? 0, i >= FIRST_NUMBER && i <= LAST_NUMBER))
      .join("  ")
      .trimEnd()}`;
  const rule = `  ${"─".repeat(widths.reduce((total, width) => total + width + 2, -2))}`;
  return ["", line(headings), rule, ...rows.map(line), rule, line(closing)].join("\n");
}
