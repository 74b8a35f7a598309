import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readCatalogueCsv } from "../../infra/local/catalogue-csv.ts";

const HEADER =
  "item_code,name,kind,unit,from,to,medical,rehabilitation,restricted,cap_tier1,cap_tier2,cap_tier3," +
  "max_per_day,max_per_visit,fund_ratio,ratio_remainder_bearer,over_cap_bearer";
const GOOD = "A1,换药,SERVICE,次,2024-01-01,2024-12-31,true,false,false,10,11,12.5,1,,0.8,EMPLOYER,HOSPITAL";
const LATER = "A1,换药,SERVICE,次,2025-01-01,,true,false,false,,,,,,,,";
const read = (...rows: string[]) => readCatalogueCsv(Buffer.from([HEADER, ...rows].join("\n")));

describe("a catalogue file", () => {
  test("gives one item with a period for each of its rows, wherever they stand", () => {
    const { entries, rejected, rowCount } = read(
      GOOD,
      "B1,石膏,MATERIAL,卷,2024-01-01,,true,true,true,,,,,,,,",
      LATER,
    );
    expect({ rejected, rowCount }).toEqual({ rejected: [], rowCount: 3 });
    expect(entries.map(({ rows }) => rows)).toEqual([[2, 4], [3]]);
    expect(entries[0]?.item).toEqual({
      itemCode: "A1",
      name: "换药",
      kind: "SERVICE",
      unit: "次",
      periods: [
        {
          from: "2024-01-01",
          to: "2024-12-31",
          medical: true,
          rehabilitation: false,
          restricted: false,
          caps: { "1": "10", "2": "11", "3": "12.5" },
          maxPerDay: "1",
          fundRatio: "0.8",
          ratioRemainderBearer: "EMPLOYER",
          overCapBearer: "HOSPITAL",
        },
        { from: "2025-01-01", to: null, medical: true, rehabilitation: false, restricted: false, caps: null },
      ],
    });
  });

  test("names row, field and code of every bad cell; the item's other rows go with it, other items stay", () => {
    const bad = "A1,换药,SERVICE,次,2025-13-01,,yes,false,false,10,x,12,,,2,NOBODY,";
    const { entries, rejected } = read(GOOD, bad, "B1,石膏,MATERIAL,卷,2024-01-01,,true,true,true,,,,,,,,");
    expect(entries.map(({ item }) => item.itemCode)).toEqual(["B1"]);
    expect(rejected.map(({ row, field, code }) => `${row} ${field} ${code}`)).toEqual([
      "2 item_code ITEM_REJECTED",
      "3 from NOT_A_DAY",
      "3 medical WRONG_TYPE",
      "3 cap_tier2 NOT_AN_EXACT_DECIMAL",
      "3 fund_ratio OUT_OF_RANGE",
      "3 ratio_remainder_bearer NOT_ALLOWED",
    ]);
  });

  test("with only some of the three caps is rejected where one is missing", () => {
    const { rejected } = read("A1,换药,SERVICE,次,2024-01-01,,true,false,false,10,,12,,,,,");
    expect(rejected).toMatchObject([{ row: 2, field: "cap_tier2", code: "REQUIRED" }]);
  });

  test("rejects an item whose periods overlap", () => {
    expect(read(GOOD, GOOD).rejected.map(({ code }) => code)).toEqual(["PERIODS_OVERLAP", "ITEM_REJECTED"]);
  });

  test("may begin with a byte order mark, end lines as Windows does, and be in GB18030", () => {
    const windows = Buffer.from(`\ufeff${HEADER}\r\n${GOOD}\r\n`);
    expect(readCatalogueCsv(windows).entries).toHaveLength(1);
    const gb18030 = Buffer.concat([
      Buffer.from(`${HEADER}\nA1,`),
      Buffer.from([0xbb, 0xbb, 0xd2, 0xa9]),
      Buffer.from(GOOD.slice(5)),
    ]);
    expect(readCatalogueCsv(gb18030).entries[0]?.item).toMatchObject({ name: "换药" });
  });

  test("without rows or columns is refused with a word on what is missing", () => {
    expect(() => read()).toThrow("the file has no rows");
    expect(() => readCatalogueCsv(Buffer.from("item_code,name\nA1,换药"))).toThrow("kind, unit");
  });
});

const REAL = "../shared/data/catalogue.csv";

test.skipIf(!existsSync(REAL))(`the real catalogue at ${REAL}, where it is, is read whole`, () => {
  const { entries, rejected, rowCount } = readCatalogueCsv(readFileSync(REAL));
  expect(rejected).toEqual([]);
  expect(entries.length).toBeGreaterThan(6_000);
  expect(rowCount).toBeGreaterThanOrEqual(entries.length);
});
