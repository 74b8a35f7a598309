import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { IdNumber, isIdNumber, isUscc, Uscc } from "../../../shared/domain/check-characters.ts";

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

  it("may come with a small x", () => {
    expect(z.parse(IdNumber, "11010519491231002x")).toBe("11010519491231002X");
    expect(z.safeParse(IdNumber, "110105194912310021").error?.issues).toMatchObject([
      { message: "ID_NUMBER_INVALID" },
    ]);
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
