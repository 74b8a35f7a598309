import { describe, expect, it, vi } from "vitest";
import * as z from "zod/mini";
import { atMost, listOf } from "../../../shared/domain/bounds.ts";

const codesOf = (schema: z.core.$ZodType, value: unknown): string[] =>
  z.safeParse(schema, value).error?.issues.map(({ code }) => code) ?? [];

describe("a list", () => {
  it("that is too long is told so, and none of its items is looked at", () => {
    const look = vi.fn(() => true);
    const list = listOf(z.number().check(z.refine(look)), { min: 1, max: 2 });
    expect(codesOf(list, [1, 2, 3])).toEqual(["too_big"]);
    expect(look).not.toHaveBeenCalled();
    expect(codesOf(list, [1, 2])).toEqual([]);
    expect(look).toHaveBeenCalledTimes(2);
  });

  it("that is too long is checked as a whole no more, one that is not is", () => {
    const isSorted = vi.fn(() => false);
    const list = listOf(z.number(), { max: 2 }, z.refine(isSorted));
    expect(codesOf(list, [1, 2, 3])).toEqual(["too_big"]);
    expect(isSorted).not.toHaveBeenCalled();
    expect(codesOf(list, [])).toEqual(["custom"]);
  });

  it("is none where something else is sent", () => {
    expect(codesOf(listOf(z.number(), { max: 2 }), 9)).toEqual(["invalid_type"]);
    expect(codesOf(listOf(z.number(), { min: 1, max: 2 }), [])).toEqual(["too_small"]);
    expect(codesOf(listOf(z.number(), { max: 2 }), ["1"])).toEqual(["invalid_type"]);
  });

  it("is told of in the contract as any other: by its items and how many they may be", () => {
    const schema = z.toJSONSchema(
      z.strictObject({ list: z.optional(listOf(z.string(), { min: 1, max: 3 })) }),
    );
    expect(schema.properties).toEqual({
      list: { type: "array", items: { type: "string" }, minItems: 1, maxItems: 3 },
    });
  });
});

it("a text that is too long is asked nothing else", () => {
  const ask = vi.fn(() => true);
  const text = z.string().check(atMost(3), z.refine(ask));
  expect(codesOf(text, "four")).toEqual(["too_big"]);
  expect(ask).not.toHaveBeenCalled();
  expect(codesOf(text, "one")).toEqual([]);
});
