import { faultDetail, fieldFaultTexts } from "../../../shared/http/fault-texts.ts";
import { bearerNames, kindNames } from "./cell-values.ts";
import type { Column } from "./columns.ts";
import { fileFaultTexts, type RowFault } from "./row-faults.ts";

type Texts = readonly [zh: string, en: string];

/** The first word for each value, as a clerk writes it, and the value itself. */
const choices = (names: Readonly<Record<string, readonly string[]>>): Texts => [
  Object.values(names)
    .map(([word]) => word)
    .join("、"),
  Object.keys(names).join(", "),
];

const day: Texts = [
  "日期，如 2026-04-01、2026/4/1、20260401",
  "a day such as 2026-04-01, 2026/4/1 or 20260401",
];
const flag: Texts = ["是 或 否", "是 or 否 (yes or no)"];
const cap: Texts = [
  "0–8,999,999.99999999 的数，不带单位；三级须都填或都留空",
  "a number of 0–8,999,999.99999999 without a unit, and all three caps or none",
];
const quantity: Texts = [
  "0.0001–9,999,999.9999 的数，至多四位小数，不限的留空",
  "a number of 0.0001–9,999,999.9999 with up to 4 decimals, or nothing for no limit",
];
const bearer = choices(bearerNames);

/** What each cell may have in it. The page about the import has the same in its table of columns. */
export const expectedIn: Readonly<Record<Column, Texts>> = {
  item_code: ["1–40 个字母、数字或 _ . : -", "1–40 letters, digits or _ . : -"],
  name: ["1–200 字", "1–200 characters"],
  kind: choices(kindNames),
  unit: ["≤ 40 字", "≤ 40 characters"],
  from: day,
  to: [`${day[0]}；没有止期的留空或填 长期`, `${day[1]}; where there is no end, nothing or 长期`],
  medical: flag,
  rehabilitation: flag,
  restricted: flag,
  cap_tier1: cap,
  cap_tier2: cap,
  cap_tier3: cap,
  max_per_day: quantity,
  max_per_visit: quantity,
  fund_ratio: ["0–1 或 0%–100%，至多四位小数", "0–1 or 0%–100%, with up to 4 decimals"],
  ratio_remainder_bearer: bearer,
  over_cap_bearer: bearer,
};

/** Faults of what stands in a cell: whoever mends it wants to know what may stand there. */
const faultsOfValues: ReadonlySet<string> = new Set([
  ...["REQUIRED", "WRONG_TYPE", "WRONG_FORMAT", "NOT_ALLOWED", "OUT_OF_RANGE", "TOO_LONG", "TOO_SHORT"],
  ...["TEXT_BLANK", "NOT_AN_EXACT_DECIMAL", "NOT_A_DAY"],
]);

/** What the service says of messages, said of rows. */
const wordsForRows: Readonly<Record<string, Texts>> = {
  ...fileFaultTexts,
  REQUIRED: ["没有填", "This is empty"],
  NOT_A_DAY: ["看不出是哪一天", "This is no day that can be read with certainty"],
  PERIODS_OVERLAP: [
    "与本项目另一行的有效期重叠：前一行的截止日期须早于后一行的起始日期",
    "The period overlaps that of another row of the item: the earlier one must end before the later one begins",
  ],
  PERIOD_OVERLAPS_ANOTHER: [
    "与已登记的有效期交叉，而文件没有写到那个有效期的其余各日：请再写一行登记其余各日（停付的，医疗、康复都填 否），或把截止日期改为那个有效期的截止日期",
    "The period cuts one that stands, and no row names the days that are left of that: add a row for them, with 否 for both kinds where the item ends, or end this row where that period ends",
  ],
};

/** Words of a fault, with what is expected where it is one of a cell's value. */
function wordsOf({ code, field }: Pick<RowFault, "code" | "field">): Texts | undefined {
  const words = wordsForRows[code] ?? fieldFaultTexts[code];
  if (words === undefined || field === "" || !faultsOfValues.has(code)) return words;
  const [zh, en] = expectedIn[field];
  return [`${words[0]}，应填：${zh}`, `${words[1]}; expected: ${en}`];
}

/** What is wrong and what is expected, Chinese and English together. */
export const faultText = (fault: Pick<RowFault, "code" | "field">): string =>
  wordsOf(fault)?.join(" · ") ?? faultDetail(fault.code);
