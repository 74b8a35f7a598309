import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { completeIdNumber } from "../../../infra/demo/check-characters.ts";
import {
  holdsIdNumber,
  holdsNoIdNumber,
  isIdNumber,
  isUscc,
  Uscc,
} from "../../../shared/domain/check-characters.ts";

/** The standards' own examples, and numbers of no person whose check characters were worked out by hand. */
const idNumbers = ["11010519491231002X", "440524188001010014", "999901198103290004"];
const usccs = ["91350100M000100Y43", "91999999DEM000006M"];

/** The text with one character replaced. */
const withCharacter = (text: string, index: number, character: string): string =>
  text.slice(0, index) + character + text.slice(index + 1);

describe("an ID number (GB 11643-1999)", () => {
  it.each(idNumbers)("%s is one", (text) => {
    expect(isIdNumber(text)).toBe(true);
  });

  it("with any one digit changed is none", () => {
    for (const text of idNumbers) {
      for (let index = 0; index < 18; index += 1) {
        for (const digit of "0123456789X") {
          const changed = withCharacter(text, index, digit);
          expect([changed, isIdNumber(changed)]).toEqual([changed, changed === text]);
        }
      }
    }
  });

  it("with two neighbouring digits swapped is none", () => {
    for (const text of idNumbers) {
      for (let index = 0; index < 16; index += 1) {
        const swapped =
          text.slice(0, index) + text.charAt(index + 1) + text.charAt(index) + text.slice(index + 2);
        expect([swapped, isIdNumber(swapped)]).toEqual([swapped, swapped === text]);
      }
    }
  });

  it("has eleven possible check characters", () => {
    const found = new Set<string>();
    for (let number = 0; number < 100; number += 1) {
      const stem = `110105194912310${String(number).padStart(2, "0")}`;
      const last = [..."0123456789X"].filter((character) => isIdNumber(stem + character));
      expect([stem, last.length]).toEqual([stem, 1]);
      found.add(last.join(""));
    }
    expect([...found].sort().join("")).toBe("0123456789X");
  });

  it.each([
    "",
    "1101051949123100",
    " 11010519491231002X",
    "11010519491231002X ",
    "1101051949123100２X",
    "110105491231002",
  ])("%j is none", (text) => {
    expect(isIdNumber(text)).toBe(false);
  });
});

describe("an ID number in a text", () => {
  it.each([
    "11010519491231002X",
    "11010519491231002x",
    completeIdNumber("99990119770707123"),
    "ZY11010519491231002X-1",
    "住院号：11010519491231002X01",
    "12/11010519491231002X/11010519491231002X",
  ])("is seen in %j where its check character is right", (text) => {
    expect(holdsIdNumber(text)).toBe(true);
    expect(z.safeParse(z.string().check(holdsNoIdNumber), text).error?.issues).toMatchObject([
      { message: "LOOKS_LIKE_ID_NUMBER" },
    ]);
  });

  it("is seen behind one whose check character is wrong", () => {
    expect(holdsIdNumber("110105194912310021 11010519491231002X")).toBe(true);
    expect(holdsIdNumber("110105194912310021 110105194912310022")).toBe(false);
  });

  it.each([
    ["part of a longer number", "H3303040000111010519491231002X"],
    ["a month that there is none", completeIdNumber("33030419771307123")],
    ["a day that there is none", completeIdNumber("33030419770732123")],
    [
      "a district and a day of these years, as hospitals number visits",
      completeIdNumber("33030420260301001"),
    ],
    ["a time and a count, as hospitals number messages", completeIdNumber("20260320001112001")],
    ["a time of two-digit year and a count", "260301191212167909"],
    ["a number that begins with no province", completeIdNumber("16010119491231002")],
    ["digits with dashes between, which in a code are numbers of their own", "110105-19491231-002X"],
    ["an employer's code", "91350100M000100Y43"],
    ["nothing", ""],
  ])("is not seen in %s", (_what, text) => {
    expect(holdsIdNumber(text)).toBe(false);
    expect(z.safeParse(z.string().check(holdsNoIdNumber), text).success).toBe(true);
  });

  it("is not seen in a hospital's message keys of a whole day", () => {
    const keys = Array.from({ length: 86_400 }, (_, second) => {
      const time = [second / 3_600, (second / 60) % 60, second % 60];
      const digits = time.map((part) => String(Math.floor(part)).padStart(2, "0")).join("");
      return [
        `H3303040000120261120${digits}${String(second % 10_000).padStart(4, "0")}`,
        `20261120${digits}1231`,
        ...[24, 25, 26, 27, 28, 29, 30].map(
          (year) => `${year}0301${digits}${String(second % 1_000_000).padStart(6, "0")}`,
        ),
      ];
    });
    expect(keys.flat().filter(holdsIdNumber)).toEqual([]);
  });
});

describe("a unified social credit code (GB 32100-2015)", () => {
  it.each(usccs)("%s is one", (text) => {
    expect(isUscc(text)).toBe(true);
  });

  it("with any one character changed is none", () => {
    for (const text of usccs) {
      for (let index = 0; index < 18; index += 1) {
        for (const character of "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") {
          const changed = withCharacter(text, index, character);
          expect([changed, isUscc(changed)]).toEqual([changed, changed === text]);
        }
      }
    }
  });

  it("has thirty-one possible check characters", () => {
    const found = new Set<string>();
    for (let number = 0; number < 1_000; number += 1) {
      const stem = `91350100M000${String(number).padStart(5, "0")}`;
      const last = [..."0123456789ABCDEFGHJKLMNPQRTUWXY"].filter((character) => isUscc(stem + character));
      expect([stem, last.length]).toEqual([stem, 1]);
      found.add(last.join(""));
    }
    expect(found.size).toBe(31);
  });

  it.each(["", "91350100M000100Y4", "91350100M000100Y433", "91350100I000100Y43"])("%j is none", (text) => {
    expect(isUscc(text)).toBe(false);
  });

  it("may come in small letters", () => {
    expect(z.parse(Uscc, "91350100m000100y43")).toBe("91350100M000100Y43");
    expect(z.safeParse(Uscc, "91350100M000100Y44").error?.issues).toMatchObject([
      { message: "USCC_INVALID" },
    ]);
  });
});
