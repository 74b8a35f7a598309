import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toCsv } from "../../../shared/files/csv-writer.ts";
import { unguard } from "../../../shared/files/formula-guard.ts";

const cellOf = (text: string): string => toCsv([[text]]).slice(1, -2);

describe("a CSV", () => {
  test.each(["-1.00", "-0.01", "-123456789.00", "-1", "0.00", "128.50"])(
    "has %s as the number that it is, so that a spreadsheet can sum it up",
    (amount) => {
      expect(cellOf(amount)).toBe(amount);
    },
  );

  test.each([
    "=1+1",
    "+1.00",
    "-1+2",
    "--1",
    "-A1",
    "-1e5",
    "-01",
    "@A1",
    "|cmd",
    "＝1",
    "\t=1",
    "\r=1",
    " =1",
  ])("has %j behind an apostrophe, because a spreadsheet would run it or change it", (text) => {
    expect(cellOf(text).replace(/^"/, "")).toBe(
      `'${text}`.replace(/^"|"$/g, "") + (/[\r\n]/.test(text) ? '"' : ""),
    );
  });

  test("begins with the mark by which a spreadsheet knows UTF-8, and ends each row as RFC 4180 says", () => {
    expect(
      toCsv([
        ["原因", undefined],
        ["a,b", 'c"d'],
      ]),
    ).toBe('\uFEFF原因,\r\n"a,b","c""d"\r\n');
  });

  test("gives back every cell that was written, whatever is in it", () => {
    const piece = fc.constantFrom(
      "=",
      "-",
      "'",
      "+",
      "1",
      ".",
      ",",
      '"',
      "\r",
      "\n",
      "\t",
      " ",
      "＝",
      "|",
      "换",
    );
    const cell = fc.oneof(fc.string(), fc.string({ unit: piece, maxLength: 6 }));
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 5 }), (rows) => {
        const read: string[][] = parse(toCsv(rows), { bom: true, record_delimiter: "\r\n" });
        expect(read.map((row) => row.map(unguard))).toEqual(rows);
      }),
    );
  });
});
