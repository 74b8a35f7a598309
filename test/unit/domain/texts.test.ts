import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findTextFault, lineOf, linesOf, textFaults, trimSpaces } from "../../../shared/domain/texts.ts";
import { fieldFaultTexts } from "../../../shared/http/fault-texts.ts";

const Name = lineOf({ max: 60 });
const Bed = lineOf({ max: 40, mayBeEmpty: true });
const Reason = linesOf({ max: 200 });

const codeOf = (schema: typeof Name, text: string): string | undefined => {
  const issue = schema.safeParse(text).error?.issues[0];
  return issue?.code === "custom" ? issue.message : issue?.code;
};

describe("a text that people write", () => {
  test.each([
    ["张三丰", "张三丰"],
    ["𠮷野 𣲗", "𠮷野 𣲗"],
    ["\uE815某", "\uE815某"],
    ["  张三\u3000", "张三"],
    ["Åsa O’Neill-李", "Åsa O’Neill-李"],
    ["阿依古丽·买买提", "阿依古丽·买买提"],
  ])("is kept as it is, without the spaces around it: %j", (text, kept) => {
    expect(Name.parse(text)).toBe(kept);
  });

  test.each([
    ["TEXT_BLANK", "   "],
    ["TEXT_BLANK", "\u3000\u00a0"],
    ["TEXT_BLANK", "\u2800"],
    ["TEXT_UNREADABLE", "张\uFFFD"],
    ["TEXT_UNREADABLE", "\uFFFC"],
    ["CONTROL_CHARACTER", "张\u0000三"],
    ["CONTROL_CHARACTER", "张\t三"],
    ["CONTROL_CHARACTER", "张三\n"],
    ["CONTROL_CHARACTER", "张\u0085三"],
    ["CONTROL_CHARACTER", "张\u2028三"],
    ["CONTROL_CHARACTER", "张\uD800三"],
    ["CONTROL_CHARACTER", "张\uFFFE三"],
    ["INVISIBLE_CHARACTER", "张\u200b三"],
    ["INVISIBLE_CHARACTER", "\uFEFF张三"],
    ["INVISIBLE_CHARACTER", "张\u202e三"],
    ["INVISIBLE_CHARACTER", "张\u2066三"],
    ["INVISIBLE_CHARACTER", "张\u00ad三"],
    ["INVISIBLE_CHARACTER", "\u3164"],
    ["INVISIBLE_CHARACTER", "张\u{E0041}"],
    ["INVISIBLE_CHARACTER", "张\uFE0F"],
  ])("is refused with %s: %j", (code, text) => {
    expect(codeOf(Name, text)).toBe(code);
    expect(codeOf(Reason, text)).toBe(text === "张三\n" ? undefined : code);
  });

  test("may be empty only where that says something", () => {
    expect([codeOf(Name, ""), codeOf(Bed, ""), codeOf(Bed, " ")]).toEqual([
      "too_small",
      undefined,
      "TEXT_BLANK",
    ]);
  });

  test("of several lines keeps its line breaks, all of one kind", () => {
    expect(Reason.parse("票据有误\r\n重开\n")).toBe("票据有误\n重开\n");
    expect(codeOf(Reason, "\r\n \n")).toBe("TEXT_BLANK");
    expect(codeOf(Reason, "票据\r有误")).toBe("CONTROL_CHARACTER");
  });

  test("that is too long has that fault alone, however bad it is otherwise", () => {
    expect(Name.safeParse("\u200b".repeat(61)).error?.issues.map(({ code }) => code)).toEqual(["too_big"]);
  });

  test("is read by its first fault, each of which has a sentence", () => {
    expect(textFaults.filter((code) => fieldFaultTexts[code] === undefined)).toEqual([]);
    expect(findTextFault("\uFFFD\u0000\u200b")).toBe("TEXT_UNREADABLE");
  });

  test("is not looked at where it is longer than any field takes", () => {
    const spaces = " ".repeat(10_001);
    expect(trimSpaces(spaces)).toBe(spaces);
  });

  test("loses nothing but the spaces around it", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const trimmed = trimSpaces(text);
        expect(text).toContain(trimmed);
        expect(trimSpaces(trimmed)).toBe(trimmed);
        expect(text.replace(trimmed, "")).toMatch(/^\p{Zs}*$/u);
      }),
    );
  });
});
