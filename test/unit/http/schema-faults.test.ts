import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { ofForm } from "../../../shared/domain/expected.ts";
import { UnitPrice, Yuan } from "../../../shared/domain/money.ts";
import { detailOf } from "../../../shared/http/fault-details.ts";
import { findNearName } from "../../../shared/http/near-names.ts";
import { FOR_FAULTS, toFaults } from "../../../shared/http/schema-faults.ts";

const faultsOf = (schema: z.core.$ZodType, value: unknown, root = "") =>
  toFaults(root, z.safeParse(schema, value, { reportInput: true }).error?.issues ?? []);
const codesOf = (schema: z.core.$ZodType, value: unknown): string[] =>
  faultsOf(schema, value).map(({ pointer, code }) => `${pointer} ${code}`);

describe("a pointer", () => {
  it("leads from the root by names and numbers (RFC 6901)", () => {
    const schema = z.object({ lines: z.array(z.object({ amount: z.string() })) });
    const body = { lines: [{ amount: "1" }, { amount: 1 }] };
    expect(faultsOf(schema, body).map(({ pointer }) => pointer)).toEqual(["/lines/1/amount"]);
    expect(faultsOf(schema, body, "#query").map(({ pointer }) => pointer)).toEqual(["#query/lines/1/amount"]);
    expect(faultsOf(schema, 1).map(({ pointer }) => pointer)).toEqual([""]);
  });

  it("escapes what means something in a pointer, in the right order", () => {
    const schema = z.object({ "a/b~c": z.number(), "~1": z.number(), "//": z.number() });
    const faults = faultsOf(schema, {});
    expect(faults.map(({ pointer }) => pointer)).toEqual(["/a~1b~0c", "/~01", "/~1~1"]);
  });
});

describe("what a schema finds becomes a fault with a code of ours:", () => {
  const shape = z.strictObject({
    text: z.string().check(z.minLength(2), z.maxLength(3), z.regex(/^[a-z]*$/)),
    list: z.array(z.number()).check(z.minLength(1), z.maxLength(2)),
    choice: z.enum(["A", "B"]),
    either: z.union([z.string(), z.number()]),
    size: z.number().check(z.minimum(1), z.maximum(2)),
    own: z.string().check(z.refine((value) => value === "x", { error: "OWN_CODE" })),
  });
  const good = { text: "ab", list: [1], choice: "A", either: 1, size: 1, own: "x" };

  it("nothing, for what is good", () => {
    expect(codesOf(shape, good)).toEqual([]);
  });

  it.each([
    [{ text: undefined }, "/text REQUIRED"],
    [{ choice: undefined }, "/choice REQUIRED"],
    [{ either: undefined }, "/either REQUIRED"],
    [{ text: 1 }, "/text WRONG_TYPE"],
    [{ text: null }, "/text WRONG_TYPE"],
    [{ list: {} }, "/list WRONG_TYPE"],
    [{ list: [1, "2"] }, "/list/1 WRONG_TYPE"],
    [{ either: true }, "/either WRONG_TYPE"],
    [{ text: "a" }, "/text TOO_SHORT"],
    [{ text: "abcd" }, "/text TOO_LONG"],
    [{ text: "AB" }, "/text WRONG_FORMAT"],
    [{ list: [] }, "/list TOO_FEW"],
    [{ list: [1, 2, 3] }, "/list TOO_MANY"],
    [{ size: 0 }, "/size OUT_OF_RANGE"],
    [{ size: 3 }, "/size OUT_OF_RANGE"],
    [{ choice: "C" }, "/choice NOT_ALLOWED"],
    [{ own: "y" }, "/own OWN_CODE"],
  ])("%j", (overrides, fault) => {
    expect(codesOf(shape, { ...good, ...overrides })).toEqual([fault]);
  });

  it("unknown fields by the object that has them and by their places, never by a name that was sent", () => {
    const strict = z.strictObject({ a: z.strictObject({ known: z.number() }) });
    const faultsOf = (value: unknown) =>
      toFaults("", z.safeParse(strict, value, { reportInput: true }).error?.issues ?? []);
    expect(faultsOf({ a: { 张三: 1, known: 1, "110105194912310021x": 2 }, 李四: 1 })).toEqual([
      { pointer: "/a", code: "UNKNOWN_FIELD", fields: { count: 2, first: [1, 3] } },
      { pointer: "", code: "UNKNOWN_FIELD", fields: { count: 1, first: [2] } },
    ]);
  });

  it("unknown fields as one fault for each object, however many they are, and without places that would be wrong", () => {
    const fieldsOf = (value: unknown) =>
      toFaults("", z.safeParse(z.strictObject({}), value, { reportInput: true }).error?.issues ?? []).map(
        ({ fields }) => fields,
      );
    const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`n${index}`, 1]));
    expect(fieldsOf(many)).toEqual([{ count: 10_000, first: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] }]);
    expect(fieldsOf({ b: 1, 7: 1 })).toEqual([{ count: 2, first: [] }]);
    expect(detailOf({ code: "UNKNOWN_FIELD", fields: { count: 2, first: [] } })).toBe(
      "此接口在这里没有所填的字段：共 2 个未知字段 · This operation has no field here of a name that was sent: 2 unknown",
    );
    const issues = z.safeParse(z.strictObject({}), { b: 1 }).error?.issues ?? [];
    expect(toFaults("", issues)).toMatchObject([{ fields: { count: 1, first: [] } }]);
  });

  it("values, keys and elements that are not allowed", () => {
    expect(codesOf(z.number().check(z.multipleOf(2)), 3)).toEqual([" NOT_ALLOWED"]);
    expect(codesOf(z.map(z.string(), z.number()), new Map([[1, 1]]))).toEqual(["/1 WRONG_TYPE"]);
    expect(codesOf(z.record(z.string().check(z.minLength(2)), z.number()), { a: 1 })).toEqual([
      "/a NOT_ALLOWED",
    ]);
    const map = z.map(z.object({}), z.number());
    expect(codesOf(map, new Map([[{}, "x"]]))).toEqual([" NOT_ALLOWED"]);
  });

  it("all faults of a value, below the root that was named", () => {
    expect(faultsOf(shape, { ...good, text: "A", size: 9 }, "#query")).toEqual([
      { pointer: "#query/text", code: "TOO_SHORT", expected: { kind: "CHARACTERS", least: "2" } },
      { pointer: "#query/text", code: "WRONG_FORMAT" },
      { pointer: "#query/size", code: "OUT_OF_RANGE", expected: { kind: "NUMBER", most: "2" } },
    ]);
  });
});

describe("the sentence of a fault says what the place takes:", () => {
  const detailsOf = (schema: z.core.$ZodType, value: unknown): string[] =>
    toFaults("", z.safeParse(schema, value, FOR_FAULTS).error?.issues ?? []).map(detailOf);

  it.each([
    [
      "the values",
      z.enum(["A", "B"]),
      "C",
      "不是允许的取值：可填 A、B · This is not one of the allowed values: use A, B",
    ],
    [
      "the values of what is missing",
      z.enum(["A", "B"]),
      undefined,
      "缺少必填项：可填 A、B · This is required: use A, B",
    ],
    [
      "the most letters",
      z.string().check(z.maxLength(3)),
      "abcd",
      "过长：至多 3 个字符 · This is too long: at most 3 characters",
    ],
    [
      "the fewest letters",
      z.string().check(z.minLength(1)),
      "",
      "过短或为空：至少 1 个字符 · This is too short or empty: at least 1 character",
    ],
    [
      "the most items",
      z.array(z.string()).check(z.maxLength(1)),
      ["a", "b"],
      "数量过多：至多 1 项 · These are too many: at most 1 item",
    ],
    [
      "the range",
      UnitPrice,
      "-1",
      "超出允许范围：0 至 8999999.99999999 · This is out of range: 0 to 8999999.99999999",
    ],
    [
      "the decimals",
      Yuan,
      "1.005",
      "不是规定小数位数内的精确数值：整数至多 12 位，小数至多 2 位 · This is not a decimal that is exact in the allowed decimals: at most 12 digits, and 2 after the point",
    ],
    ["the type", z.array(z.string()), "a", "类型不对：须为数组 · This has the wrong type: it must be a list"],
    [
      "the types",
      Yuan,
      true,
      "类型不对：须为字符串或数字 · This has the wrong type: it must be a string or a number",
    ],
    [
      "the form, in words",
      z.string().check(ofForm(/^\d$/, "1 位数字", "one digit")),
      "x",
      "格式不对：1 位数字 · This has the wrong format: one digit",
    ],
  ])("%s", (_what, schema, value, detail) => {
    expect(detailsOf(schema, value)).toEqual([detail]);
  });

  it("of an unknown field the name that may have been meant, and never the name that was sent", () => {
    const line = z.strictObject({ unitPrice: z.optional(z.string()), quantity: z.optional(z.string()) });
    const details = detailsOf(z.strictObject({ lines: z.array(line) }), {
      lines: [{ quantiy: "1", unit_price: "2", 张三: 1 }],
    });
    expect(details).toEqual([
      "此接口在这里没有所填的字段：共 3 个未知字段，位于第 1、2、3 个；第 1 个是否应为 quantity；第 2 个是否应为 unitPrice · " +
        "This operation has no field here of a name that was sent: 3 unknown, in place 1, 2, 3; place 1 may mean quantity; place 2 may mean unitPrice",
    ]);
  });

  it("but no name that is there already, or that is one of several", () => {
    const schema = z.strictObject({
      quantity: z.optional(z.string()),
      code1: z.optional(z.string()),
      code2: z.optional(z.string()),
    });
    expect(detailsOf(schema, { quantity: "1", quantiy: "1", code3: "x" }).join()).not.toMatch(
      /quantity|code[12]/,
    );
  });

  it.each([
    ["Quantity", "quantity"],
    ["unit-price", "unitPrice"],
    ["lineNos", "lineNo"],
    ["lneNo", "lineNo"],
    ["linNeo", "lineNo"],
    ["linaNo", "lineNo"],
    ["line", undefined],
    ["too", undefined],
    ["toX".repeat(30), undefined],
  ])("a name is near: %s", (sent, meant) => {
    expect(findNearName(sent, ["lineNo", "quantity", "unitPrice", "to"])).toBe(meant);
  });
});
