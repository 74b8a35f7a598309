import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { completeIdNumber } from "../../infra/demo/check-characters.ts";
import { addDays, day } from "../../shared/domain/dates.ts";
import { wordsHoldIdNumber } from "../../shared/domain/id-number-in-words.ts";

const two = (value: number): string => String(value).padStart(2, "0");
const provinces = fc.constantFrom("11", "33", "44", "54", "65", "71", "82");
const birthday = fc
  .integer({ min: 0, max: 23_000 })
  .map((days) => addDays(day("1936-01-01"), days).replaceAll("-", ""));
const region = fc
  .tuple(provinces, fc.integer({ min: 0, max: 9_999 }))
  .map(([province, rest]) => province + String(rest).padStart(4, "0"));
const sequence = fc.integer({ min: 0, max: 999 }).map((value) => String(value).padStart(3, "0"));

const separator = fc.constantFrom(
  "",
  " ",
  "-",
  ".",
  "·",
  "—",
  "\u3000",
  "\u200b",
  "\u2060",
  " - ",
  "/",
  "，",
  "\t",
  " ---- ",
  "……………………",
  "\n\n",
);
const scripts = [
  "0123456789",
  "０１２３４５６７８９",
  "〇一二三四五六七八九",
  "零壹贰叁肆伍陆柒捌玖",
  "〇〡〢〣〤〥〦〧〨〩",
  "٠١٢٣٤٥٦٧٨٩",
  "०१२३४५६७८९",
  "༠༡༢༣༤༥༦༧༨༩",
  "⓪①②③④⑤⑥⑦⑧⑨",
  "⓪❶❷❸❹❺❻❼❽❾",
] as const;
const inScript = (number: string, script: string): string =>
  number.replaceAll(/\d/g, (digit) => script[Number(digit)] ?? digit);

describe("an ID number in words", () => {
  it("is found with any separators at any places, in any digits, in any words", () => {
    fc.assert(
      fc.property(
        region,
        birthday,
        sequence,
        fc.array(separator, { minLength: 17, maxLength: 17 }),
        fc.constantFrom(...scripts),
        fc.constantFrom("", "证号：", "（患者）", "see "),
        (place, born, number, gaps, script, before) => {
          const characters = [...inScript(completeIdNumber(place + born + number), script)];
          const written = characters.map((character, index) => character + (gaps[index] ?? "")).join("");
          // Two digits behind a point, and then no digit and no point, are an amount of money.
          const plain = [...completeIdNumber(place + born + number)].map(
            (digit, index) => digit + (gaps[index] ?? ""),
          );
          fc.pre(!/\d\.\d{1,2}(?![\d.Xx])/.test(plain.join("").replaceAll(/[\u200b\u2060]/g, "")));
          expect(wordsHoldIdNumber(`${before}${written}，已核`)).toBe(true);
        },
      ),
    );
  });

  it("is found with letters between its parts, or once between any two digits", () => {
    const letters = fc.constantFrom("年", "月", "号", "区", " of ", "后 位：", "x");
    const gaps = fc.array(letters, { minLength: 5, maxLength: 5 });
    const place = fc.integer({ min: 1, max: 16 });
    fc.assert(
      fc.property(region, birthday, sequence, gaps, place, (district, born, number, between, cut) => {
        const whole = completeIdNumber(district + born + number);
        const ends = [6, 10, 12, 14];
        const parts = [0, ...ends].map((start, index) => whole.slice(start, ends[index]) + between[index]);
        expect(wordsHoldIdNumber(parts.join(""))).toBe(true);
        expect(wordsHoldIdNumber(whole.slice(0, cut) + between[0] + whole.slice(cut))).toBe(true);
      }),
    );
  });

  it("is found where its parts look like amounts of money", () => {
    fc.assert(
      fc.property(region, birthday, sequence, (place, born, number) => {
        const whole = completeIdNumber(place + born + number);
        const part = (start: number, end: number) => whole.slice(start, end);
        const parts = [
          `${part(0, 4)}.${part(4, 6)} ${part(6, 10)}.${part(10, 12)} ${part(12, 18)}`,
          `${part(0, 6)} ${part(6, 12)}.${part(12, 14)} ${part(14, 18)}`,
          `${part(0, 14)} ${part(14, 16)}.${part(16, 18)}`,
        ];
        expect(parts.map(wordsHoldIdNumber)).toEqual([true, true, true]);
      }),
    );
  });

  it("is found in its fifteen digits of before 1999, whole or parted where its parts end", () => {
    fc.assert(
      fc.property(
        region,
        birthday,
        sequence,
        fc.constantFrom("", " ", "-", "\u3000"),
        fc.constantFrom(...scripts),
        (place, born, number, gap, script) => {
          fc.pre(born < "1999");
          const written = inScript([place, born.slice(2), number].join(gap), script);
          expect(wordsHoldIdNumber(`原号${written}。`)).toBe(true);
        },
      ),
    );
  });
});

describe("a digit", () => {
  it("of any script that Unicode knows has its value", () => {
    const all: string[] = [];
    for (let code = 0; code < 0x20000; code += 1)
      if (/\p{Nd}/u.test(String.fromCodePoint(code))) all.push(String.fromCodePoint(code));
    expect(all.length % 10).toBe(0);
    for (let row = 0; row < all.length; row += 10) {
      const script = all.slice(row, row + 10);
      const written = [..."11010519491231002"].map((digit) => script[Number(digit)]).join("");
      expect([script[0], wordsHoldIdNumber(`${written}X`)]).toEqual([script[0], true]);
    }
  });
});

const amount = fc.integer({ min: 0, max: 99_999_999 }).map((fen) => {
  const [whole = "", parts = ""] = (fen / 100).toFixed(2).split(".");
  return `${whole.replaceAll(/\B(?=(\d{3})+$)/g, ",")}.${parts}`;
});
const plainAmount = fc.integer({ min: 0, max: 99_999_999 }).map((fen) => (fen / 100).toFixed(2));
const year = fc.integer({ min: 2020, max: 2035 });
const count = fc.integer({ min: 0, max: 999_999 }).map((value) => String(value).padStart(6, "0"));
const caseNo = fc.oneof(
  fc.tuple(year, count).map(([of, value]) => `GS-${of}-${value}`),
  fc.tuple(year, count).map(([of, value]) => `浙工伤认字〔${of}〕${value}号`),
  fc.tuple(year, count).map(([of, value]) => `(${of})浙0304民初${value}号`),
);
const when = fc
  .tuple(
    year,
    fc.integer({ min: 1, max: 12 }),
    fc.integer({ min: 1, max: 28 }),
    fc.integer({ min: 0, max: 23 }),
  )
  .map(([of, month, on, hour]) => `${of}-${two(month)}-${two(on)} ${two(hour)}:30`);
const receipt = fc
  .tuple(fc.constantFrom("票据 ", "No.", "收据号："), fc.integer({ min: 10_000_000, max: 9_999_999_999 }))
  .map(([word, value]) => `${word}${value}`);
const chineseDay = fc
  .tuple(year, fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }))
  .map(([of, month, on]) => `${of}年${month}月${on}日`);
/** As hospitals number visits and messages: a district or an institution, a day of these years, a count. */
const hospitalNo = fc.oneof(
  fc.tuple(year, count).map(([of, value]) => `ZY${of}0301${value}`),
  fc.tuple(region, year, count).map(([place, of, value]) => `${place}${of % 100}0301${value.slice(3)}`),
);

describe("what is no ID number in words", () => {
  it("is let through: amounts, case numbers, times and hospitals' own numbers, however many", () => {
    const piece = fc.oneof(amount, plainAmount, caseNo, when, hospitalNo, receipt, chineseDay);
    fc.assert(
      fc.property(
        fc.array(piece, { minLength: 1, maxLength: 12 }),
        fc.constantFrom("，", " 元，", "；", "、合计"),
        (pieces, joint) => {
          expect(wordsHoldIdNumber(pieces.join(joint))).toBe(false);
        },
      ),
      { numRuns: 1_000, seed: 20 },
    );
  });

  it("is let through: columns of amounts with nothing but blanks between", () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(amount, plainAmount), { minLength: 1, maxLength: 30 }),
        fc.constantFrom(" ", "  ", "\t", "\n"),
        (amounts, gap) => {
          expect(wordsHoldIdNumber(amounts.join(gap))).toBe(false);
        },
      ),
      { numRuns: 1_000 },
    );
  });
});
