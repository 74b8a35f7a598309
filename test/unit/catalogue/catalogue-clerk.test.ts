import { describe, expect, test } from "vitest";
import { readCatalogueCsv } from "../../../infra/tools/catalogue/catalogue-csv.ts";
import { findFileWarnings } from "../../../infra/tools/catalogue/file-warnings.ts";
import { warningLines } from "../../../infra/tools/catalogue/import-report.ts";
import { rejectedCsv } from "../../../infra/tools/catalogue/rejected-file.ts";
import { rejectedLines } from "../../../infra/tools/catalogue/rejected-report.ts";

const NAMES =
  "item_code,name,kind,unit,from,to,medical,rehabilitation,restricted,cap_tier1,cap_tier2,cap_tier3," +
  "max_per_day,max_per_visit,fund_ratio,ratio_remainder_bearer,over_cap_bearer";
const CHINESE_NAMES =
  "项目编码,项目名称,类别,单位,起始日期,截止日期,医疗,康复,限定,一级上限,二级上限,三级上限,每日限量,每次限量,基金支付比例,比例外承担方,超限价承担方";
const row = {
  code: "A1",
  name: "换药",
  kind: "SERVICE",
  unit: "次",
  from: "2016-04-01",
  to: "",
  medical: "true",
  rehabilitation: "false",
  restricted: "false",
  cap1: "10",
  cap2: "11",
  cap3: "12.5",
  perDay: "",
  perVisit: "",
  ratio: "",
  remainder: "",
  overCap: "",
};
const cellsOf = (overrides: Partial<typeof row>): string[] => Object.values({ ...row, ...overrides });
const quote = (cell: string): string => (/[",]/.test(cell) ? `"${cell}"` : cell);
const lineOf = (overrides: Partial<typeof row> = {}): string => cellsOf(overrides).map(quote).join(",");
const readText = (text: string) => readCatalogueCsv(Buffer.from(text));
const readRow = (overrides: Partial<typeof row>) => readText(`${NAMES}\r\n${lineOf(overrides)}\r\n`);
const plain = ({ entries }: ReturnType<typeof readText>) =>
  JSON.parse(JSON.stringify(entries[0]?.item ?? null));
const faultsOf = ({ rejected }: ReturnType<typeof readText>) =>
  rejected.flatMap(({ row: number, faults }) =>
    faults.map(({ field, code }) => `${number} ${field} ${code}`),
  );
const expected = plain(readRow({}));

describe("yes and no", () => {
  test.each(["是", "1", "Y", "y", "Yes", "TRUE", "true", "True", "１", "Ｙ", "√", " 是 "])(
    "%j is yes",
    (text) => {
      expect(plain(readRow({ medical: text })).periods[0].medical).toBe(true);
    },
  );
  test.each(["否", "0", "N", "n", "No", "FALSE", "false", "０", "×"])("%j is no", (text) => {
    expect(plain(readRow({ medical: text })).periods[0].medical).toBe(false);
  });
  test.each(["2", "maybe", "是否"])("%j is neither, said once", (text) => {
    const read = readRow({ medical: text, rehabilitation: text, restricted: text });
    expect(rejectedLines(read.header, read.rejected, true)).toEqual([
      "    medical, rehabilitation, restricted NOT_YES_OR_NO（1 行 · rows）",
      expect.stringContaining("须填 是 或 否 · "),
      `      行 · row 2: "${text}"`,
    ]);
  });
});

describe("kinds and bearers", () => {
  test.each([
    ["药品", "DRUG"],
    ["西药", "DRUG"],
    ["诊疗项目", "SERVICE"],
    ["服务", "SERVICE"],
    ["材料", "MATERIAL"],
    ["耗材", "MATERIAL"],
    ["床位", "BED"],
    ["辅助器具", "DEVICE"],
    ["drug", "DRUG"],
    ["ＢＥＤ", "BED"],
  ])("%s is a %s", (text, kind) => {
    expect(plain(readRow({ kind: text })).kind).toBe(kind);
  });
  test("that are none are refused in one sentence", () => {
    expect(faultsOf(readRow({ kind: "食品" }))).toEqual(["2 kind NOT_ALLOWED"]);
  });
  test("bearers may be in Chinese", () => {
    expect(plain(readRow({ overCap: "医院", ratio: "80%", remainder: "用人单位" })).periods[0]).toMatchObject(
      {
        overCapBearer: "HOSPITAL",
        ratioRemainderBearer: "EMPLOYER",
        fundRatio: "0.80",
      },
    );
  });
});

describe("a day", () => {
  test.each([
    "20160401",
    "2016/4/1",
    "2016-4-1",
    "2016.4.1",
    "2016年4月1日",
    "42461",
    "2016/4/1 0:00",
    "2016-04-01 00:00:00",
    "２０１６-４-１",
  ])("%s is 2016-04-01", (from) => {
    expect(plain(readRow({ from }))).toEqual(expected);
  });
  test.each(["1/4/2016", "16/4/1", "2016-13-01", "20160431", "4246", "2016/4/1 13:00", "Apr 1"])(
    "%s is none that is certain, and one fault",
    (from) => {
      expect(faultsOf(readRow({ from }))).toEqual(["2 from NOT_A_DAY"]);
    },
  );
  test.each(["-", "—", "2016"])("%s as the last day is one fault", (to) => {
    expect(faultsOf(readRow({ to }))).toEqual(["2 to NOT_A_DAY"]);
  });
  test.each(["", " ", "长期", "至今"])("%j as the last day leaves the period open", (to) => {
    expect(plain(readRow({ to })).periods[0].to).toBeNull();
  });
});

describe("a number", () => {
  test.each([
    ["１０", "10"],
    ["1,234.50", "1234.50"],
    ["1,234,567", "1234567"],
  ])("%s is %s", (text, value) => {
    expect(plain(readRow({ cap1: text, cap2: text, cap3: text })).periods[0].caps["1"]).toBe(value);
  });
  test.each([
    ["1,234", "NUMBER_AMBIGUOUS"],
    ["12,5", "NOT_AN_EXACT_DECIMAL"],
    ["1 234", "NOT_AN_EXACT_DECIMAL"],
    ["10元", "NOT_AN_EXACT_DECIMAL"],
  ])("%s is refused for one cause", (text, code) => {
    expect(faultsOf(readRow({ cap2: text }))).toEqual([`2 cap_tier2 ${code}`]);
  });
  test("whose comma was left without quotes makes a row too long, which is said once", () => {
    expect(
      faultsOf(readText(`${NAMES}\r\n${cellsOf({ cap1: "1,234.5", overCap: "HOSPITAL" }).join(",")}\r\n`)),
    ).toEqual(["2  COLUMN_COUNT"]);
  });
});

describe("a code", () => {
  test.each([
    ["1.10E+08", "CODE_IN_SCIENTIFIC_FORM"],
    ["А1", "CODE_HAS_FOREIGN_LETTERS"],
    ["Α1", "CODE_HAS_FOREIGN_LETTERS"],
  ])("like %s is refused for its cause", (code, fault) => {
    expect(faultsOf(readRow({ code }))).toEqual([`2 item_code ${fault}`]);
  });
  test("may be in full width, and keeps zeros that a spreadsheet was told to keep", () => {
    expect(plain(readRow({ code: "Ａ１" }))).toEqual(expected);
    expect(plain(readText(`${NAMES}\r\n${lineOf().replace("A1", '"=""0012"""')}\r\n`)).itemCode).toBe("0012");
  });
  test("that differs from another of the file by zeros or look-alike letters is warned of", () => {
    const codes = ["10A", "010A", "1OA", "lOA", "10B"];
    const { entries } = readText([NAMES, ...codes.map((code) => lineOf({ code })), ""].join("\r\n"));
    const warned = findFileWarnings(entries).map(
      ({ code, row: number, otherCode }) => `${number} ${code} ${otherCode}`,
    );
    expect(warned).toEqual([3, 4, 5].map((number) => `${number} CODE_LOOKS_LIKE_ANOTHER 10A`));
  });
});

describe("the table", () => {
  test.each([
    ["commas", CHINESE_NAMES, ","],
    ["semicolons", NAMES, ";"],
    ["tabs", NAMES, "\t"],
    ["semicolons, under Chinese names", CHINESE_NAMES, ";"],
  ])("may have its cells between %s", (_what, names, delimiter) => {
    const text = [names.replaceAll(",", delimiter), cellsOf({}).join(delimiter), ""].join("\r\n");
    expect(plain(readText(text))).toEqual(expected);
  });

  test.each([
    ["a title", "云渚市工伤保险三目录（2016年版）"],
    ["a title in a spreadsheet's first cell", `云渚市工伤保险三目录${",".repeat(16)}`],
    ["a title and a blank line", "三目录\r\n"],
    ["the mark of its separator", "sep=,"],
  ])("may have %s above its header, which counts for the number of a row", (_what, title) => {
    expect(plain(readText(`${title}\r\n${NAMES}\r\n${lineOf()}\r\n`))).toEqual(expected);
    const read = readText(`${title}\r\n${NAMES}\r\n${lineOf({ kind: "?" })}\r\n`);
    expect(read.rejected[0]?.row).toBe(title.split("\r\n").length + 2);
  });

  test("may have rows without the commas at their end, which a spreadsheet drops, and with more of them", () => {
    const short = lineOf().replace(/,+$/, "");
    const bare = lineOf({ cap1: "", cap2: "", cap3: "" }).replace(/,+$/, "");
    for (const line of [short, `${lineOf()},,,`])
      expect(plain(readText(`${NAMES}\r\n${line}\r\n`))).toEqual(expected);
    expect(plain(readText(`${NAMES}\r\n${bare}\r\n`)).periods[0].caps).toBeNull();
  });

  test.each([
    ["in a cell of its own", '"云渚市工伤保险三目录\n（2016年版）"'],
    ["among the cells of the table", `"云渚市工伤保险三目录\r\n（2016年版）"${",".repeat(16)}`],
    ["in two rows, one of them with commas", '"三目录,\n第一版"\r\n"注：\n一、\n二、"'],
  ])(
    "may have a title with line breaks above its header, %s, and still finds rows that a quote swallows",
    (_what, title) => {
      expect(plain(readText(`${title}\r\n${NAMES}\r\n${lineOf()}\r\n`))).toEqual(expected);
      const [broken, closing] = [lineOf({ code: "B1" }), lineOf({ code: "B2" })];
      const swallowed = `${broken.replace("换药", '"换药')}\r\n${closing.replace("换药", '换药"')}\r\n`;
      const { entries, rejected } = readText(`${title}\r\n${NAMES}\r\n${swallowed}${lineOf()}\r\n`);
      expect([entries.length, rejected.length]).toEqual([1, 2]);
    },
  );

  test.each([
    ["blanks inside", (name: string) => `${name.slice(0, 1)} ${name.slice(1)}`],
    [
      "full-width blanks inside and around",
      (name: string) => `\u3000${name.slice(0, 1)}\u3000${name.slice(1)}\u3000`,
    ],
    ["a line break after", (name: string) => `"${name}\n"`],
    ["a line break inside", (name: string) => `"${name.slice(0, 1)}\r\n${name.slice(1)}"`],
    ["a no-break blank", (name: string) => `\u00A0${name}\u00A0`],
  ])("may have header names with %s", (_what, written) => {
    const header = NAMES.split(",").map(written).join(",");
    expect(plain(readText(`${header}\r\n${lineOf()}\r\n`))).toEqual(expected);
    expect(plain(readText(`"题\n目"\r\n${header}\r\n${lineOf()}\r\n`))).toEqual(expected);
  });

  test("without a header is refused in one sentence, in both languages", () => {
    expect(() => readText(`${lineOf()}\r\n${lineOf()}\r\n`)).toThrow(/^找不到表头.* · There is no header/);
  });
});

describe("what is told of rejected rows", () => {
  const toldOf = (...rows: readonly Partial<typeof row>[]): readonly string[] => {
    const { header, rejected } = readText([CHINESE_NAMES, ...rows.map(lineOf), ""].join("\r\n"));
    return rejectedLines(header, rejected, true);
  };

  test("is one cause once, with how many rows have it, the first of them and each text of the cell", () => {
    const kinds = Array.from({ length: 1_000 }, (_, index) => (index % 2 === 0 ? "食品" : "房租"));
    const told = toldOf(...kinds.map((kind, index) => ({ code: `A${index}`, kind })));
    expect(told).toEqual([
      "    类别 NOT_ALLOWED（1000 行 · rows）",
      expect.stringContaining("应填：药品、诊疗项目、材料、床位、辅助器具"),
      '      行 · rows 2, 4, 6, 8, 10…: "食品"',
      '      行 · rows 3, 5, 7, 9, 11…: "房租"',
    ]);
  });

  test("names a column as the header of the file names it, also in the file of rejected rows", () => {
    const names = CHINESE_NAMES.replace("起始日期", '"生效\n日期"');
    const { header, rejected } = readText([names, lineOf({ from: "?" }), ""].join("\r\n"));
    expect(rejectedLines(header, rejected, true)[0]).toBe("    生效 日期 NOT_A_DAY（1 行 · rows）");
    expect(rejectedCsv(header, rejected).split("\r\n")[1]).toMatch(/^2,生效 日期,NOT_A_DAY,/);
  });

  test.each<[string, Partial<typeof row>, string, string]>([
    ["from", { from: "1/4/2016" }, "如 2026-04-01、2026/4/1、20260401", "such as 2026-04-01"],
    ["to", { to: "待定" }, "没有止期的留空或填 长期", "where there is no end"],
    ["kind", { kind: "食品" }, "应填：药品、诊疗项目", "expected: DRUG, SERVICE"],
    ["ratio_remainder_bearer", { remainder: "村委会", ratio: "0.8" }, "应填：基金、用人单位", "EMPLOYER"],
    ["cap_tier2", { cap2: "十元" }, "0–8,999,999.99999999", "all three caps or none"],
    ["max_per_day", { perDay: "0" }, "0.0001–9,999,999.9999", "up to 4 decimals"],
    ["fund_ratio", { ratio: "150%" }, "0–1 或 0%–100%", "0%–100%"],
    ["item_code", { code: "A 1" }, "1–40 个字母", "1–40 letters"],
    ["name", { name: "" }, "没有填，应填：1–200 字", "1–200 characters"],
  ])("says what is expected in %s", (_column, overrides, zh, en) => {
    const [, text] = toldOf(overrides);
    expect(text).toContain(zh);
    expect(text).toContain(en);
  });

  test("says of rows that overlap which days are to be stated, and of the others which row is wrong", () => {
    const told = toldOf({ to: "2016-12-31" }, { from: "2016-06-01" });
    expect(told).toContainEqual(expect.stringContaining("前一行的截止日期须早于后一行的起始日期"));
    expect(told).toContain('      行 · row 2: "A1"（见第 3 行 · see row 3）');
  });

  test("fits a terminal, and is whole where it is written nowhere else", () => {
    const rows = Array.from({ length: 60 }, (_, index) => ({
      code: `A${index}`,
      kind: `${index}${"长".repeat(90)}`,
    }));
    const { header, rejected } = readText([CHINESE_NAMES, ...rows.map(lineOf), ""].join("\r\n"));
    const short = rejectedLines(header, rejected, true);
    expect(short.at(-1)).toContain("and 55 other texts");
    expect(Math.max(...short.slice(2).map(({ length }) => length))).toBeLessThan(80);
    expect(rejectedLines(header, rejected, false)).toHaveLength(62);
  });
});

describe("a warning of the file", () => {
  test("names item and row, and the caps before and now", () => {
    const { entries } = readText(
      [
        NAMES,
        lineOf({ to: "2016-12-31" }),
        lineOf({ from: "2017-01-01", cap1: "100", cap2: "110", cap3: "125" }),
        lineOf({ code: "B1", cap1: "0", cap2: "0", cap3: "0" }),
        "",
      ].join("\r\n"),
    );
    const told = warningLines(findFileWarnings(entries));
    expect(told).toContain(
      "      A1（第 3 行 · row 3）：原上限 · cap before 10/11/12.5，新上限 · cap now 100/110/125",
    );
    expect(told).toContain("      B1（第 4 行 · row 4）：新上限 · cap now 0");
  });
});

/** In GBK: 换药 BBBB D2A9, 次 B4CE, 支 D6A7, 片 C6AC, 枚 C3B6, 瓶 C6BF. */
const gbk = (text: string, ...pairs: readonly [string, string][]): Buffer =>
  Buffer.from(
    pairs.reduce(
      (all, [from, bytes]) => all.replaceAll(from, Buffer.from(bytes, "hex").toString("latin1")),
      text,
    ),
    "latin1",
  );

describe("the encoding", () => {
  test.each([
    ["支", "d6a7"],
    ["片", "c6ac"],
    ["枚", "c3b6"],
    ["瓶", "c6bf"],
  ])("GBK is recognised where its only Chinese is %s, whose bytes are UTF-8 as well", (unit, bytes) => {
    for (const name of ["Aspirin", "5% NaCl"]) {
      const text = `${NAMES}\r\n${lineOf({ name, unit })}\r\n`;
      const read = readCatalogueCsv(gbk(text, [unit, bytes]));
      expect([read.encoding, read.entries[0]?.item.unit]).toEqual(["GB18030", unit]);
    }
  });

  test.each(["α-干扰素", "25°C", "5µg", "IFN-α 2b", "1.5±0.1", "β"])("UTF-8 stays UTF-8 with %s", (name) => {
    const { encoding, entries } = readRow({ name, unit: "支" });
    expect([encoding, entries[0]?.item.name]).toEqual(["UTF-8", name]);
  });

  test.each(["25°C", "5µg", "IFN-α2b"])("UTF-8 without any Chinese stays UTF-8 with %s", (name) => {
    const { encoding, entries } = readRow({ name, unit: "box" });
    expect([encoding, entries[0]?.item.name]).toEqual(["UTF-8", name]);
  });

  test("UTF-8 with one broken byte is refused whole, also where there is little Chinese in it", () => {
    for (const text of [
      lineOf({ name: "x", unit: "支片" }),
      lineOf(),
      `${lineOf()}\r\n${lineOf({ code: "B" })}`,
    ]) {
      const whole = Buffer.from(`${NAMES}\r\n${text}\r\n`);
      for (const place of whole.keys()) {
        if ((whole[place] ?? 0) < 0x80) continue;
        for (const byte of [0x20, 0x41, 0xff]) {
          const bytes = Buffer.from(whole);
          bytes[place] = byte;
          expect(() => readCatalogueCsv(bytes)).toThrow(/Line \d/);
        }
      }
    }
  });

  test.each(["utf16le", "utf16be"])("%s with its mark is read, as a spreadsheet's Unicode text", (order) => {
    const bytes = Buffer.from(
      `\ufeff${NAMES.replaceAll(",", "\t")}\r\n${cellsOf({}).join("\t")}\r\n`,
      "utf16le",
    );
    const read = readCatalogueCsv(order === "utf16le" ? bytes : bytes.swap16());
    expect([read.encoding, plain(read)]).toEqual(["UTF-16", expected]);
  });
});
