import type { Expected } from "../domain/expected.ts";
import type { Fault } from "../domain/failures.ts";
import { findFaultText } from "./fault-texts.ts";

type Pair = readonly [zh: string, en: string];

const typeNames: Readonly<Record<string, Pair>> = {
  string: ["字符串", "a string"],
  number: ["数字", "a number"],
  boolean: ["true 或 false", "true or false"],
  array: ["数组", "a list"],
  object: ["对象", "an object"],
  record: ["对象", "an object"],
};
const unitNames: Readonly<Record<"CHARACTERS" | "ITEMS" | "BYTES" | "NUMBER", Pair>> = {
  CHARACTERS: [" 个字符", " characters"],
  ITEMS: [" 项", " items"],
  BYTES: [" 字节", " bytes"],
  NUMBER: ["", ""],
};

type Limits = Extract<Expected, { readonly least?: string; readonly most?: string }>;
type Days = Extract<Expected, { readonly kind: "DAYS" }>;

function tellLimits({ kind, least, most }: Limits): Pair {
  const [zh, en] = unitNames[kind];
  // One is no plural.
  const unit = (count: string): string => (count === "1" ? en.replace(/s$/, "") : en);
  if (least !== undefined && most !== undefined)
    return [`${least} 至 ${most}${zh}`, `${least} to ${most}${en}`];
  if (most !== undefined) return [`至多 ${most}${zh}`, `at most ${most}${unit(most)}`];
  return [`至少 ${least ?? ""}${zh}`, `at least ${least ?? ""}${unit(least ?? "")}`];
}

function tellLine({ place, lineNo }: Days): Pair {
  if (place !== undefined) return [`第 ${place} 条明细为 `, ` of line ${place} in the message`];
  return lineNo === undefined ? ["", ""] : [`明细 ${lineNo} 为 `, ` of line ${lineNo}`];
}

function tellDays(days: Days): Pair {
  const { on, from, to } = days;
  const [zhLine, enLine] = tellLine(days);
  const [zhFrom, enFrom] = from === undefined ? ["", ""] : [`不早于 ${from}`, `not before ${from}`];
  const [zhTo, enTo] = to === undefined ? ["", ""] : [`不晚于 ${to}`, `not after ${to}`];
  const zh = [zhFrom, zhTo].filter((text) => text !== "").join("、");
  const en = [enFrom, enTo].filter((text) => text !== "").join(" and ");
  return [`${zhLine}${on}，须${zh}`, `${on}${enLine}; it must be ${en}`];
}

/** What a place takes, in words that follow a sentence. */
function tellExpected(expected: Expected): Pair {
  switch (expected.kind) {
    case "VALUES":
      return [`可填 ${expected.values.join("、")}`, `use ${expected.values.join(", ")}`];
    case "TYPES": {
      const names = expected.types.map((type) => typeNames[type] ?? [type, type]);
      return [
        `须为${names.map(([zh]) => zh).join("或")}`,
        `it must be ${names.map(([, en]) => en).join(" or ")}`,
      ];
    }
    case "FORM":
      return [expected.zh, expected.en];
    case "DECIMALS": {
      const { decimals } = expected;
      return [
        `整数至多 12 位，小数至多 ${decimals} 位`,
        `at most 12 digits, and ${decimals} after the point`,
      ];
    }
    case "AMOUNT":
      return [`应为 ${expected.amount}`, `that is ${expected.amount}`];
    case "DAYS":
      return tellDays(expected);
    case "CHARACTERS":
    case "ITEMS":
    case "BYTES":
    case "NUMBER":
      return tellLimits(expected);
  }
}

function tellFields({ count, first, near = [] }: NonNullable<Fault["fields"]>): Pair {
  const [zhPlaces, enPlaces] =
    first.length === 0 ? ["", ""] : [`，位于第 ${first.join("、")} 个`, `, in place ${first.join(", ")}`];
  const zhNear = near.map(({ place, name }) => `；第 ${place} 个是否应为 ${name}`).join("");
  const enNear = near.map(({ place, name }) => `; place ${place} may mean ${name}`).join("");
  return [`共 ${count} 个未知字段${zhPlaces}${zhNear}`, `${count} unknown${enPlaces}${enNear}`];
}

/** The sentence for one fault of a request, with what the place takes or the places of the fields that it is about. */
export function detailOf({ code, fields, expected }: Omit<Fault, "pointer">): string {
  const text = findFaultText(code);
  if (text === undefined) return code;
  const told = fields === undefined ? undefined : tellFields(fields);
  const more = told ?? (expected === undefined ? undefined : tellExpected(expected));
  return more === undefined ? text.join(" · ") : `${text[0]}：${more[0]} · ${text[1]}: ${more[1]}`;
}
