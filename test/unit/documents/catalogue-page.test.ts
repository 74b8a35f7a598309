import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import * as z from "zod/mini";
import { readCatalogueCsv } from "../../../infra/tools/catalogue/catalogue-csv.ts";
import {
  bearerNames,
  flagWords,
  kindNames,
  openWords,
  toBearer,
  toFlag,
  toKind,
  toLastDay,
} from "../../../infra/tools/catalogue/cell-values.ts";
import { findColumn, otherNames } from "../../../infra/tools/catalogue/column-names.ts";
import { columns } from "../../../infra/tools/catalogue/columns.ts";
import { expectedIn } from "../../../infra/tools/catalogue/fault-words.ts";
import { findFileWarnings } from "../../../infra/tools/catalogue/file-warnings.ts";
import { fileFaultTexts } from "../../../infra/tools/catalogue/row-faults.ts";
import { Bearer } from "../../../shared/domain/bearers.ts";
import { CatalogueItem, itemKinds } from "../../../shared/domain/catalogue/catalogue.ts";
import { catalogueWarningTexts } from "../../../shared/domain/catalogue/catalogue-warning-texts.ts";
import { catalogueWarningCodes } from "../../../shared/domain/catalogue/catalogue-warnings.ts";
import { itemBody } from "../../support/demo-case.ts";

const project = join(import.meta.dirname, "../../..");
const page = readFileSync(join(project, "docs/catalogue-import.md"), "utf8");
const sample = readFileSync(join(project, "docs/catalogue-sample.csv"));

/** The rows of the table whose header begins like this: each cell's text, without code marks. */
function readTable(start: string): string[][] {
  const [, after = ""] = page.split(`\n| ${start}`);
  const [table = ""] = after.split("\n\n");
  return table
    .trim()
    .split("\n")
    .slice(2)
    .map((line) =>
      line.split(" | ").map((cell) =>
        cell
          .replaceAll(/^\| | \|$/g, "")
          .replaceAll("`", "")
          .trim(),
      ),
    );
}

const wordsOf = (cell = ""): string[] => cell.split(" ").filter((word) => word !== "");
const columnRows = readTable("列 · column");
const valueRows = readTable("取值 · value");
const wordsFor = (value: string): string[] => wordsOf(valueRows.find(([name]) => name === value)?.[1]);

/** What the service says of an item with one field of its period, or of itself, left out or another. */
const isTaken = (changes: { readonly item?: object; readonly period?: object }): boolean => {
  const item = { ...itemBody("A1", changes.period), ...changes.item };
  return z.safeParse(CatalogueItem, item).success;
};

test("the page names the columns of the importer and all that they may be called", () => {
  expect(columnRows.map(([column]) => column)).toEqual([...columns]);
  for (const [column, headers] of columnRows) {
    const names = wordsOf(headers);
    expect(names).toEqual([...(Object.entries(otherNames).find(([name]) => name === column)?.[1] ?? [])]);
    expect(names.map(findColumn)).toEqual(names.map(() => column));
  }
});

test("the page says which cells must be filled in", () => {
  const rows = readFileSync(join(project, "docs/catalogue-sample.csv"), "utf8").split("\r\n");
  const filledRow = "S1,换药,诊疗项目,次,2024/1/1,2026/3/31,是,是,否,1,1,1,2,2,1,个人,医院".split(",");
  for (const [place, [column, , required]] of columnRows.entries()) {
    const cells = filledRow.map((cell, at) => (at === place ? "" : cell));
    const isCap = column?.startsWith("cap_") === true;
    const row = cells.map((cell, at) => (isCap && at >= 9 && at <= 11 ? "" : cell)).join(",");
    const { rejected } = readCatalogueCsv(Buffer.from(`${rows[0]}\r\n${row}\r\n`));
    expect([column, rejected.length > 0]).toEqual([column, required === "是"]);
  }
});

test("the page names the limits of each number, and the service takes them and no more", () => {
  const limits = Object.fromEntries(columnRows.map(([column = "", , , values = ""]) => [column, values]));
  const rangeOf = (column: string): string[] => (limits[column] ?? "").replaceAll(",", "").split("–");
  const [lowCap = "", highCap = ""] = rangeOf("cap_tier1");
  const caps = (cap: string) => ({ period: { caps: { "1": cap, "2": cap, "3": cap } } });
  expect([lowCap, highCap, "-0.01", "9000000", "0.000000001"].map((cap) => isTaken(caps(cap)))).toEqual([
    ...[true, true],
    ...[false, false, false],
  ]);
  expect(rangeOf("cap_tier2")).toEqual([lowCap, highCap]);
  expect(rangeOf("cap_tier3")).toEqual([lowCap, highCap]);
  for (const [column, field] of [
    ["max_per_day", "maxPerDay"],
    ["max_per_visit", "maxPerVisit"],
  ] as const) {
    const [low = "", high = ""] = rangeOf(column);
    expect([low, high, "0", "10000000"].map((each) => isTaken({ period: { [field]: each } }))).toEqual([
      ...[true, true],
      ...[false, false],
    ]);
  }
  expect(
    ["0", "1", "0.1234", "1.0001", "0.12345"].map((each) => isTaken({ period: { fundRatio: each } })),
  ).toEqual([true, true, true, false, false]);
  expect([200, 201].map((length) => isTaken({ item: { name: "药".repeat(length) } }))).toEqual([true, false]);
  expect([40, 41].map((length) => isTaken({ item: { unit: "次".repeat(length) } }))).toEqual([true, false]);
  expect([40, 41].map((length) => isTaken({ item: { itemCode: "A".repeat(length) } }))).toEqual([
    true,
    false,
  ]);
  for (const column of ["name", "unit", "cap_tier1", "max_per_day", "max_per_visit", "fund_ratio"] as const) {
    const range = (limits[column] ?? "").split(/ 字|, /)[0] ?? "?";
    expect([column, ...expectedIn[column]]).toEqual([
      column,
      ...[expect.stringContaining(range), expect.stringContaining(range)],
    ]);
  }
  expect([limits.name, limits.unit, limits.item_code]).toEqual([
    expect.stringContaining("200"),
    expect.stringContaining("40"),
    expect.stringContaining("40"),
  ]);
});

test("the page names every word for yes and no, each kind and bearer, and an open end", () => {
  expect(wordsFor("是 · yes")).toEqual([...flagWords.true]);
  expect(wordsFor("否 · no")).toEqual([...flagWords.false]);
  expect(wordsFor("长期 · open")).toEqual([...openWords]);
  expect([flagWords.true.map(toFlag), flagWords.false.map(toFlag), openWords.map(toLastDay)]).toEqual([
    flagWords.true.map(() => true),
    flagWords.false.map(() => false),
    openWords.map(() => null),
  ]);
  expect(Object.keys(kindNames)).toEqual([...itemKinds]);
  expect(Object.keys(bearerNames).sort()).toEqual([...Bearer.options].sort());
  for (const [names, read] of [
    [kindNames, toKind],
    [bearerNames, toBearer],
  ] as const) {
    for (const [value, words] of Object.entries(names)) {
      expect([value, wordsFor(value)]).toEqual([value, [...words]]);
      expect(words.map(read)).toEqual(words.map(() => value));
    }
  }
});

test("the page tells every fault that only a file has, every warning and every exit code", () => {
  expect(readTable("代码 · code | 原因")).toEqual(
    Object.entries(fileFaultTexts).map(([code, texts]) => [code, texts.join(" · ")]),
  );
  expect(readTable("代码 · code | 含义")).toEqual(
    catalogueWarningCodes.map((code) => [code, catalogueWarningTexts[code].join(" · ")]),
  );
  expect(readTable("退出码 · code").map(([code]) => code)).toEqual(["0", "1", "2", "3"]);
});

test("the sample is read as it is, without a fault or a warning, and shows every column and kind", () => {
  const { entries, rejected, rowCount, shortRowCount, header } = readCatalogueCsv(sample);
  expect({ rejected, rowCount, shortRowCount }).toEqual({ rejected: [], rowCount: 6, shortRowCount: 0 });
  expect(header.map(findColumn)).toEqual([...columns]);
  expect(entries.map(({ item }) => z.parse(CatalogueItem, item).kind).sort()).toEqual([...itemKinds].sort());
  expect(findFileWarnings(entries)).toEqual([]);
  expect(entries[0]?.item.periods.map(({ from, to }) => [from, to])).toEqual([
    ["2024-01-01", "2026-03-31"],
    ["2026-04-01", null],
  ]);
  const filled = new Set(
    entries.flatMap(({ rows }) =>
      rows.flatMap(({ cells }) => columns.filter((column) => cells[column] !== "")),
    ),
  );
  expect([...filled].sort()).toEqual([...columns].sort());
});
