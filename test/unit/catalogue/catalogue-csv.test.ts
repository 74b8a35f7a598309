import { existsSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readCatalogueCsv } from "../../../infra/tools/catalogue/catalogue-csv.ts";
import { rejectedCsv } from "../../../infra/tools/catalogue/rejected-file.ts";
import type { RejectedRow } from "../../../infra/tools/catalogue/row-faults.ts";

const HEADER =
  "item_code,name,kind,unit,from,to,medical,rehabilitation,restricted,cap_tier1,cap_tier2,cap_tier3," +
  "max_per_day,max_per_visit,fund_ratio,ratio_remainder_bearer,over_cap_bearer";
const GOOD = "A1,换药,SERVICE,次,2024-01-01,2024-12-31,true,false,false,10,11,12.5,1,,0.8,EMPLOYER,HOSPITAL";
const LATER = "A1,换药,SERVICE,次,2025-01-01,,true,false,false,,,,,,,,";
const OTHER = "B1,石膏,MATERIAL,卷,2024-01-01,,true,true,true,,,,,,,,";

const readText = (text: string) => readCatalogueCsv(Buffer.from(text));
const read = (...rows: string[]) => readText([HEADER, ...rows].join("\n"));
const codesOf = (entries: ReturnType<typeof read>["entries"]) => entries.map(({ item }) => item.itemCode);
/** A line for each fault: row, field, code, and the bad row where there is one. */
const faultsOf = (rejected: readonly RejectedRow[]) =>
  rejected.flatMap(({ row, faults }) =>
    faults.map(({ field, code, badRow }) => [row, field, code, badRow].filter(Boolean).join(" ")),
  );

describe("a catalogue file", () => {
  test("gives one item with a period for each of its rows, wherever they stand", () => {
    const { entries, rejected, rowCount } = read(GOOD, OTHER, LATER);
    expect({ rejected, rowCount }).toEqual({ rejected: [], rowCount: 3 });
    expect(entries.map(({ rows }) => rows.map(({ row }) => row))).toEqual([[2, 4], [3]]);
    const always = { medical: true, rehabilitation: false, restricted: false };
    expect(JSON.parse(JSON.stringify(entries[0]?.item))).toEqual({
      itemCode: "A1",
      name: "换药",
      kind: "SERVICE",
      unit: "次",
      periods: [
        {
          from: "2024-01-01",
          to: "2024-12-31",
          ...always,
          caps: { "1": "10", "2": "11", "3": "12.5" },
          maxPerDay: "1",
          fundRatio: "0.8",
          ratioRemainderBearer: "EMPLOYER",
          overCapBearer: "HOSPITAL",
        },
        { from: "2025-01-01", to: null, ...always, caps: null },
      ],
    });
  });

  test("names row, field and code of every bad cell; the item's other rows go with it, other items stay", () => {
    const bad = "A1,换药,SERVICE,次,2025-13-01,,maybe,false,,10,x,12,,,2,NOBODY,";
    const { entries, rejected } = read(GOOD, bad, OTHER);
    expect(codesOf(entries)).toEqual(["B1"]);
    expect(faultsOf(rejected)).toEqual([
      "2 item_code ITEM_REJECTED 3",
      "3 from NOT_A_DAY",
      "3 medical NOT_YES_OR_NO",
      "3 restricted REQUIRED",
      "3 cap_tier2 NOT_AN_EXACT_DECIMAL",
      "3 fund_ratio OUT_OF_RANGE",
      "3 ratio_remainder_bearer NOT_ALLOWED",
    ]);
  });

  test("with only some of the three caps is rejected where one is missing", () => {
    const { rejected } = read("A1,换药,SERVICE,次,2024-01-01,,true,false,false,10,,12,,,,,");
    expect(faultsOf(rejected)).toEqual(["2 cap_tier2 REQUIRED"]);
  });

  test("rejects each period that overlaps an earlier one of its item", () => {
    const { entries, rejected } = read(GOOD, OTHER, GOOD, LATER, LATER);
    expect(codesOf(entries)).toEqual(["B1"]);
    expect(faultsOf(rejected)).toEqual([
      "2 item_code ITEM_REJECTED 4",
      "4 from PERIODS_OVERLAP",
      "5 item_code ITEM_REJECTED 4",
      "6 from PERIODS_OVERLAP",
    ]);
  });

  test("rejects an item that is named otherwise in another of its rows", () => {
    const { rejected } = read(GOOD, LATER.replace("换药", "清创").replace("SERVICE", "MATERIAL"));
    expect(faultsOf(rejected)).toEqual([
      "2 item_code ITEM_REJECTED 3",
      "3 name ITEM_ROWS_DIFFER",
      "3 kind ITEM_ROWS_DIFFER",
    ]);
  });

  test("rejects a row without an item code alone", () => {
    const { entries, rejected } = read(OTHER, GOOD.replace("A1", ""), GOOD.replace("A1", " "));
    expect(codesOf(entries)).toEqual(["B1"]);
    expect(faultsOf(rejected)).toEqual(["3 item_code REQUIRED", "4 item_code REQUIRED"]);
  });

  test.each([
    ["within what must be filled in", "A1,换药,SERVICE,次,2025-01-01,,true"],
    ["within its caps", "A1,换药,SERVICE,次,2025-01-01,,true,false,false,10,11"],
  ])("rejects a row that breaks off %s, for one cause", (_where, row) => {
    const { entries, rejected } = read(OTHER, row, GOOD);
    expect(codesOf(entries)).toEqual(["B1"]);
    expect(faultsOf(rejected)).toEqual(["3 COLUMN_COUNT", "4 item_code ITEM_REJECTED 3"]);
  });

  test("is refused whole where it breaks off: more than the end of its last row may be missing", () => {
    const torn = [HEADER, GOOD, "B1,石膏,MATERIAL,卷,2024-01-01,,true,true,true,1"].join("\r\n");
    expect(() => readText(torn)).toThrow("The file breaks off in row 3");
  });

  test("may have empty rows and empty cells at the end, which count for the number of a row", () => {
    const { entries, rejected, rowCount } = read(
      "",
      `${OTHER},,`,
      ",,,,,,,,,,,,,,,,",
      "A1,换药,,,,,,,,,,,,,,,",
    );
    expect([codesOf(entries), rowCount]).toEqual([["B1"], 2]);
    expect(rejected.map(({ row }) => row)).toEqual([5]);
  });
});

describe("the columns", () => {
  test("may stand in any order, with others between them", () => {
    const names = HEADER.split(",").toReversed();
    const cells = GOOD.split(",").toReversed();
    const { entries } = readText(
      [
        ["注", ...names, "note"],
        ["x", ...cells, "y"],
      ]
        .map(String)
        .join("\n"),
    );
    expect(entries[0]?.item).toEqual(read(GOOD).entries[0]?.item);
  });

  test.each([
    ["", "The file is empty"],
    ["\ufeff\r\n\r\n", "The file is empty"],
    [HEADER, "a header and no rows"],
    ["item_code,name\nA1,换药", "表头缺少列 kind（类别）、unit（单位）、from（起始日期）"],
    ["编码|名称\nA1|换药", "separated by commas, semicolons or tabs"],
    [`${HEADER},name\n${GOOD},换药`, "The header has name twice"],
  ])("that are not there are missed in Chinese and English: %j", (text, words) => {
    expect(() => readText(text)).toThrow(words);
  });
});

describe("quotes", () => {
  test("may hold commas, quotes and line ends", () => {
    const name = '换药"大", 中';
    const { entries } = read(GOOD.replace("换药", '"换药""大"",\n中"'), OTHER);
    expect(entries.map(({ item, rows }) => [item.name, rows[0]?.row])).toEqual([
      [name, 2],
      ["石膏", 3],
    ]);
  });

  test.each([
    ["inside a cell", '换"药'],
    ["that is never closed", '"换药'],
    ["that is closed too early", '"换"药'],
  ])("a quote %s costs its row and its item, and no other", (_where, name) => {
    const { entries, rejected } = read(OTHER, GOOD.replace("换药", name), LATER, OTHER.replace("B1", "C1"));
    expect(codesOf(entries)).toEqual(["B1", "C1"]);
    expect(faultsOf(rejected)).toEqual(["3 QUOTES_BROKEN", "4 item_code ITEM_REJECTED 3"]);
  });

  test.each([
    ["the same cell", '石膏"'],
    ["another cell", '石"膏'],
  ])("a quote that is closed in %s of a later row swallows no rows between", (_where, laterName) => {
    const later = OTHER.replace("石膏", laterName);
    const { entries, rejected } = read(GOOD.replace("换药", '"换药'), OTHER.replace("B1", "C1"), later);
    expect(codesOf(entries)).toEqual(["C1"]);
    expect(faultsOf(rejected)).toEqual(["2 QUOTES_BROKEN", "4 QUOTES_BROKEN"]);
  });
});

describe("what a spreadsheet makes of a file", () => {
  test("is read: byte order mark, line ends of Windows, TRUE, 2024/1/1", () => {
    const row = GOOD.replace("2024-01-01", "2024/1/1").replace("true", "TRUE").replaceAll("false", "FALSE");
    const { entries, encoding } = readText(`\ufeff${HEADER}\r\n${row}\r\n`);
    expect(encoding).toBe("UTF-8");
    expect(entries[0]?.item).toEqual(read(GOOD).entries[0]?.item);
  });

  /** 换药, 次 */
  const inGb18030 = Buffer.from(
    `${HEADER}\n${GOOD}`.replace("换药", "\xbb\xbb\xd2\xa9").replace("次", "\xb4\xce"),
    "latin1",
  );

  test("is read in GB18030, too", () => {
    const { entries, encoding } = readCatalogueCsv(inGb18030);
    expect([encoding, entries[0]?.item]).toEqual(["GB18030", read(GOOD).entries[0]?.item]);
  });

  test("is refused with its line where it is UTF-8 with a broken character, and never read as other characters", () => {
    const bytes = Buffer.from(`${HEADER}\n${OTHER}\n${GOOD}`);
    bytes[bytes.indexOf("药") + 1] = 0x20;
    expect(() => readCatalogueCsv(bytes)).toThrow("Line 3 has a broken UTF-8 character");
  });

  test("is refused with its line and a way to convert it where it is in neither encoding", () => {
    const bytes = Buffer.concat([inGb18030, Buffer.from([0x0a, 0x41, 0xff, 0xff, 0x41])]);
    expect(() => readCatalogueCsv(bytes)).toThrow("iconv -f");
  });

  test.each([
    ["a workbook", Buffer.from("PK\x03\x04......"), "This is a workbook"],
    ["an old workbook", Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1]), "This is an old Excel workbook"],
  ])("is refused with a way to save it where it is %s", (_kind, bytes, words) => {
    expect(() => readCatalogueCsv(bytes)).toThrow(words);
  });
});

describe("the report of rejected rows", () => {
  const reportOf = ({ header, rejected }: ReturnType<typeof read>): string => rejectedCsv(header, rejected);

  test("names row, field, code and sentence of every fault before the row itself", () => {
    const [, first] = reportOf(read("A1,换药,SERVICE,次,2024-01-99,,maybe,,true,,,,,,,,")).split("\r\n");
    expect(first).toMatch(
      /^2,from; medical; rehabilitation,NOT_A_DAY; NOT_YES_OR_NO; REQUIRED,.*day such as 2026-04-01.*,A1,换药,SERVICE/,
    );
  });

  test("can be imported once it is corrected, because all rows of an item are in it", () => {
    const bad = LATER.replace("2025-01-01", "2025-13-01").replace("换药", '"换药"');
    const report = reportOf(read(GOOD, OTHER, bad));
    const { entries } = readText(report.replace("2025-13-01", "2025-01-01"));
    expect(entries.map(({ item }) => item)).toEqual(read(GOOD, LATER).entries.map(({ item }) => item));
  });

  test("has the columns of the file, also those that a catalogue does not know, and its reasons once, however often it is read", () => {
    const header = HEADER.replace("item_code", "备注,项目编码");
    const once = readText(`${header},说明\r\nx,A1,"换,药",SERVICE,次,?,,1,0,0,,,,,,,,,=1+1\r\n`);
    const report = reportOf(once);
    expect(report).toMatch(/^\ufeff行号 row,列 field,代码 code,原因 reason,备注,项目编码,name/);
    expect(report).toContain(",'=1+1\r\n");
    const again = readText(report);
    expect(again.header).toEqual(once.header);
    expect(again.rejected.map(({ record }) => record)).toEqual(once.rejected.map(({ record }) => record));
    expect(reportOf(again)).toBe(report);
  });

  test("has no cell that a spreadsheet runs, whatever a cell begins with", () => {
    for (const cell of ["=1", "+1", "-1+2", "@A", "\tA", " =1", "＝1", "|A", "'=1", "''-1", "'A"]) {
      const report = reportOf(read(`"A1","${cell}",SERVICE,次,?,,true,true,true,,,,,,,,`));
      const name = report.split("A1,")[1]?.split(",SERVICE")[0] ?? "";
      expect([cell, /^"?\s*[=+\-@|\t＝＋－＠]/.test(name)]).toEqual([cell, false]);
      expect(readText(report).rejected[0]?.cells.name).toBe(
        read(`A1,"${cell}",SERVICE,次,?,,true,true,true,,,,,,,,`).rejected[0]?.cells.name,
      );
    }
  });

  test("read again gives the same cells, whatever the rows are", () => {
    const cell = fc.oneof(
      fc.constantFrom(
        "",
        "A1",
        "'",
        "=1",
        "'=1",
        "-",
        "\t",
        "a,b",
        'a"b',
        "a\nb",
        "是",
        "2016-04-01",
        "1,234.5",
        "换药",
        "\u200b",
        " ",
      ),
      fc.string({ unit: "grapheme", maxLength: 6 }),
    );
    const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
    const row = fc.array(cell, { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 6 }), fc.boolean(), (rows, isQuoted) => {
        const text = [
          HEADER,
          ...rows.map((cells) => cells.map(isQuoted ? quoted : String).join(",")),
          "A1,x",
          "",
        ].join("\n");
        const once = readText(text);
        const again = readText(reportOf(once));
        expect(again.entries).toEqual([]);
        expect(again.rejected.map(({ record }) => record)).toEqual(once.rejected.map(({ record }) => record));
        expect(again.rejected.map(({ cells }) => cells)).toEqual(once.rejected.map(({ cells }) => cells));
      }),
      { numRuns: 120 },
    );
  });
});

const REAL = "../shared/data/catalogue.csv";

test.skipIf(!existsSync(REAL))(`the real catalogue is read whole (skipped where ${REAL} is absent)`, () => {
  const { entries, rejected, rowCount } = readCatalogueCsv(readFileSync(REAL));
  expect(rejected).toEqual([]);
  expect([entries.length, rowCount]).toEqual([6_151, 6_151]);
});
