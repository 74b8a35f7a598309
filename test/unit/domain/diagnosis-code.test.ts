import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  DiagnosisCode,
  DiagnosisPrefix,
  normaliseDiagnosisCode,
} from "../../../shared/domain/diagnosis-code.ts";
import { isWithinInjuries } from "../../../shared/domain/registry/injury-case.ts";

const covers = (prefix: string, code: string): boolean =>
  isWithinInjuries([{ diagnosisPrefixes: [DiagnosisPrefix.parse(prefix)] }], DiagnosisCode.parse(code));

describe("a diagnosis code is one, however it is written", () => {
  test.each([
    ["G56.100x001", "G56.100X001"],
    ["g56.100X001", "G56.100X001"],
    ["Ｇ５６．１００ｘ００１", "G56.100X001"],
    ["G56100x001", "G56.100X001"],
    ["G56.100×001", "G56.100X001"],
    [" S62.301 ", "S62.301"],
    ["S62301", "S62.301"],
    ["S62", "S62"],
    ["S62.", "S62"],
    ["A17.000†", "A17.000+"],
    ["a17.000+g01*", "A17.000+G01*"],
    ["A17000†G01000＊", "A17.000+G01.000*"],
    ["M8000/3", "M8000/3"],
  ])("%s → %s", (written, kept) => {
    expect(DiagnosisCode.parse(written)).toBe(kept);
  });

  test.each([
    "",
    "56.100",
    "G",
    "G56.1 00",
    "Ｇ５６．１００Х",
    "ı56",
    "G56,100",
    "G56.\u200b1",
    "G56.100x0010000000000000",
  ])("refuses what is none: %j", (written) => {
    expect(DiagnosisCode.safeParse(written).success).toBe(false);
  });

  test.each([
    ["G56.100x", "G56.100X001"],
    ["G56.100X", "g56.100x001"],
    ["g56100x", "G56.100x001"],
    ["Ｓ62", "s62301"],
    ["S62.", "S62.301"],
    ["S623", "S62.301"],
  ])("%s covers %s", (prefix, code) => {
    expect(covers(prefix, code)).toBe(true);
  });

  test("a prefix covers nothing of another category", () => {
    expect([covers("G56.100x", "G56.200X001"), covers("S62", "S63.201")]).toEqual([false, false]);
  });

  test("comes out the same when it is read again, and whatever width and case it is in", () => {
    const code = fc.stringMatching(/^[A-Z][0-9][0-9A-Z]\.[0-9X]{1,8}$/);
    fc.assert(
      fc.property(
        code,
        fc.array(fc.constantFrom("LOWER", "WIDE", "AS_IS")),
        fc.boolean(),
        (kept, ways, hasDot) => {
          const written = [...(hasDot ? kept : kept.replace(".", ""))]
            .map((character, index) => {
              const way = ways[index % Math.max(1, ways.length)];
              if (way === "LOWER") return character.toLowerCase();
              return way === "WIDE" ? String.fromCharCode(character.charCodeAt(0) + 0xfee0) : character;
            })
            .join("");
          expect(DiagnosisCode.parse(written)).toBe(kept);
          expect(normaliseDiagnosisCode(kept)).toBe(kept);
        },
      ),
    );
  });
});
