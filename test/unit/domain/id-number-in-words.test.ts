import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { completeIdNumber } from "../../../infra/demo/check-characters.ts";
import { wordsHoldIdNumber, wordsHoldNoIdNumber } from "../../../shared/domain/id-number-in-words.ts";

describe("an ID number in words", () => {
  it.each([
    "11010519491231002X",
    "核对 １１０１０５１９４９１２３１００２Ｘ",
    "110105 19491231 002x",
    "110105-1949-12-31-002X",
    "1 1 0 1 0 5 1 9 4 9 1 2 3 1 0 0 2 X",
    "３床 110105－19491231–002X 转科",
    "3 110105 19491231 002X",
    "110105.19491231.002X",
    "110105·19491231·002×",
    "110105_1949/12/31|002X",
    "11010\u200b5194912\u200d31002X",
    "110105\u00ad19491231\ufeff002X",
    "1101 0519 4912 3100 2X",
    "身份证一一〇一〇五一九四九一二三一〇〇二X",
    "壹壹零壹零伍壹玖肆玖壹贰叁壹零零贰X",
    "幺幺零幺零伍 19491231 002X",
    "①①⓪①⓪⑤①⑨④⑨①②③①⓪⓪②X",
    "110105 号 19491231 号 002X",
    "110105 ---- 19491231 002X",
    `110105${" -".repeat(50)}19491231002X`,
    "110105年1949年12月31日002X",
    "区划110105 生于1949年12月31日 后四位是002X".replace("后四位是", "尾"),
    "1101.05 1949.12 31002X",
    "11010519491231 00.2X",
    "110105 1949.12 31 002X",
    "110105x19491231x002X",
    "١١٠١٠٥١٩٤٩١٢٣١٠٠٢X",
    "१११०१०५१९४९१२३१००२X".replace("१११", "११"),
    "❶❶⓪❶⓪❺❶❾❹❾❶❷❸❶⓪⓪❷X",
    "〡〡〇〡〇〥〡〩〤〩〡〢〣〡〇〇〢X",
    `330304 1981年1月6日 ${completeIdNumber("33030419810106481").slice(14)}`,
    `330304 1981/1/6 ${completeIdNumber("33030419810106481").slice(14)}`,
    `330304 一九八一年一月六日 ${completeIdNumber("33030419810106481").slice(14)}`,
    completeIdNumber("44052419800101001"),
    `第二床${completeIdNumber("44052419800101001").replace(/^.{6}/, "$& ")}，已核`,
  ])("is seen in %j, however it is parted and written", (words) => {
    expect(wordsHoldIdNumber(words)).toBe(true);
    expect(z.safeParse(z.string().check(wordsHoldNoIdNumber), words).error?.issues).toMatchObject([
      { message: "LOOKS_LIKE_ID_NUMBER" },
    ]);
  });

  it.each([
    "110105491231002",
    "旧证110105 491231 002",
    "11 01 05 49 12 31 002",
    "110-105-491-231-002",
    "１１０１０５４９１２３１００２",
    "一一〇一〇五四九一二三一〇〇二",
  ])("is seen in %j, in the fifteen digits of before 1999", (words) => {
    expect(wordsHoldIdNumber(words)).toBe(true);
  });

  it.each([
    ["a check character that is wrong", "110105 19491231 0021"],
    ["part of a longer number", "3110105 19491231 002X"],
    ["another number between", "110105 12/31 19491231 002X"],
    ["words between", "区划 110105，出生日期 19491231，后四位 002X"],
    ["more than three separators between fifteen digits", "110105 ---- 491231 002"],
    ["letters between fifteen digits", "110105 区 491231 002"],
    ["amounts that come to fifteen digits", "3303.04 75.06 12345"],
    ["amounts that come to eighteen digits", "3303.04 1975.06 1248.12 元"],
    ["receipts, days and amounts", "票据 0304126507，2026年3月1日收 1,975.06 元，退 12.48 元"],
    ["times and bed numbers", "2026-03-01 19:12:12 3-12 床"],
    ["fifteen digits with a month that there is none", "110105491331002"],
    ["fifteen digits with a day that there is none", "110105490231002"],
    ["fifteen digits of no province", "100105491231002"],
    ["fifteen digits with a day of these years, as hospitals number visits", "330304260301001"],
    ["fifteen digits within a longer number", "1101054912310021"],
    ["fifteen digits and an X", "110105491231002X"],
    ["several numbers that come to fifteen digits", "11010 5491231 002"],
    ["amounts of money", "3303,041.97 7,030.12 330304.19 770301.21 3"],
    ["a ward in Chinese digits", "第三人民医院二病区一〇五床"],
    ["nothing", ""],
  ])("is not seen in %s", (_what, words) => {
    expect(wordsHoldIdNumber(words)).toBe(false);
    expect(z.safeParse(z.string().check(wordsHoldNoIdNumber), words).success).toBe(true);
  });

  it("is not looked for longer than the words are long, whatever they are", () => {
    const started = performance.now();
    for (const piece of [
      "1 ",
      "1",
      "1-  ",
      "一",
      "1年",
      "1区区",
      "٣",
      "1981年1",
      "1\u200b",
      "1,111",
      "1.",
      "X",
      "11010519491231002",
    ])
      wordsHoldIdNumber(piece.repeat(20_000 / piece.length));
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});
