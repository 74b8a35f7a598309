/** A cell without what surrounds a value in it; undefined where nothing is left. */
export function filled(cell: string): string | undefined {
  const text = cell.replaceAll(/^[\s\p{Cf}]+|[\s\p{Cf}]+$/gu, "");
  // A spreadsheet keeps the zeros of ="0012".
  const [, kept = text] = /^="([^"]*)"$/.exec(text) ?? [];
  return kept || undefined;
}

/** In half width: `１２．５` is 12.5. */
const narrow = (cell: string): string | undefined => filled(cell)?.normalize("NFKC");

/** What is read as yes and as no, in either letter case. */
export const flagWords = {
  true: ["true", "t", "yes", "y", "1", "是", "有", "真", "√", "✓"],
  false: ["false", "f", "no", "n", "0", "否", "无", "假", "×", "✗"],
} as const;

const flags: Readonly<Record<string, boolean>> = Object.fromEntries([
  ...flagWords.true.map((text) => [text, true] as const),
  ...flagWords.false.map((text) => [text, false] as const),
]);

/** Yes or no as people write it; any other text as it is. */
export function toFlag(cell: string): boolean | string | undefined {
  const text = narrow(cell);
  return flags[text?.toLowerCase() ?? ""] ?? text;
}

/** What each kind of item is called. */
export const kindNames: Readonly<Record<string, readonly string[]>> = {
  DRUG: ["药品", "西药", "中药", "中成药", "中药饮片", "中草药", "药"],
  SERVICE: ["诊疗项目", "诊疗", "诊疗服务", "服务", "服务项目", "医疗服务", "医疗服务项目", "项目"],
  MATERIAL: ["材料", "耗材", "医用材料", "医用耗材", "卫生材料", "一次性材料"],
  BED: ["床位", "床位费"],
  DEVICE: ["辅助器具", "辅具", "康复辅助器具", "器具"],
};

/** What each bearer is called. */
export const bearerNames: Readonly<Record<string, readonly string[]>> = {
  FUND: ["基金", "工伤保险基金"],
  EMPLOYER: ["用人单位", "单位", "企业"],
  HOSPITAL: ["医院", "医疗机构"],
  THIRD_PARTY: ["第三人", "第三方"],
  OTHER_INSURER: ["其他保险", "医保", "基本医疗保险", "医疗保险"],
  PERSONAL: ["个人", "职工", "本人"],
};

const wordsOf = (table: Readonly<Record<string, readonly string[]>>): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(table).flatMap(([value, words]) =>
      [value, ...words].map((word) => [word, value] as const),
    ),
  );

const [kindWords, bearerWords] = [wordsOf(kindNames), wordsOf(bearerNames)];

function toWord(cell: string, words: ReadonlyMap<string, string>): string | undefined {
  const text = narrow(cell);
  return text === undefined ? undefined : (words.get(text.toUpperCase()) ?? text);
}

/** `药品` is a DRUG; any other text as it is. */
export const toKind = (cell: string): string | undefined => toWord(cell, kindWords);
/** `医院` is the HOSPITAL; any other text as it is. */
export const toBearer = (cell: string): string | undefined => toWord(cell, bearerWords);

const DAY_FORMS = [
  /^(\d{4})-(\d{1,2})-(\d{1,2})$/,
  /^(\d{4})\/(\d{1,2})\/(\d{1,2})$/,
  /^(\d{4})\.(\d{1,2})\.(\d{1,2})$/,
  /^(\d{4})年(\d{1,2})月(\d{1,2})日$/,
  /^(\d{4})(\d{2})(\d{2})$/,
];
/** What a spreadsheet adds to a day that it keeps as an instant. */
const MIDNIGHT = /[ T]0?0:00(:00(\.0+)?)?$/;

/** Day 1 is 1900-01-01 and 1900 counts as a leap year (ECMA-376 part 1, 18.17.4.1): from 1900-03-01 on, days since 1899-12-30. */
const SERIAL_ZERO_MS = Date.UTC(1899, 11, 30);
/** 1954-10-03 to 2119-01-10: five digits, which no other form of a day has. */
const SERIAL = /^[2-7]\d{4}$/;
const DAY_MS = 86_400_000;

/** A day as people and spreadsheets write it, as `YYYY-MM-DD`; any other text as it is. */
export function toDay(cell: string): string | undefined {
  const text = narrow(cell)?.replace(MIDNIGHT, "");
  if (text === undefined) return undefined;
  for (const form of DAY_FORMS) {
    const [, year, month = "", day = ""] = form.exec(text) ?? [];
    if (year !== undefined) return `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  }
  if (SERIAL.test(text)) return new Date(SERIAL_ZERO_MS + Number(text) * DAY_MS).toISOString().slice(0, 10);
  return text;
}

/** A last day that says that there is none. */
export const openWords = ["长期", "长期有效", "至今", "永久"] as const;
const OPEN: ReadonlySet<string> = new Set(openWords);

/** The last day; null where the period is open. */
export function toLastDay(cell: string): string | null {
  const text = toDay(cell);
  return text === undefined || OPEN.has(text) ? null : text;
}

/** Two groups, or decimals after one: `1,234,567` and `1,234.5` say which sign is which. */
const THOUSANDS = /^[+-]?\d{1,3}(?:(?:,\d{3})+\.\d+|(?:,\d{3}){2,})$/;

/** A number without separators of thousands where they are certain to be such; any other text as it is. */
export function toNumber(cell: string): string | undefined {
  const text = narrow(cell);
  return text !== undefined && THOUSANDS.test(text) ? text.replaceAll(",", "") : text;
}

const PERCENT = /^(\d{1,3})(?:\.(\d{1,2}))?%$/;

/** A share; `80%` is 0.8. */
export function toShare(cell: string): string | undefined {
  const text = narrow(cell);
  const [, whole, part = ""] = PERCENT.exec(text ?? "") ?? [];
  if (whole === undefined) return text;
  const digits = whole.padStart(3, "0");
  return `${digits.slice(0, -2)}.${digits.slice(-2)}${part}`.replace(/^0+(?=\d)/, "");
}

/** `1.2E+08` is what a spreadsheet leaves of a long code. */
const SCIENTIFIC = /^\d(?:\.\d+)?E\+\d+$/i;
/** Letters that look like those of a code and are not: Cyrillic and Greek ones. */
const LOOK_ALIKE = /[\p{Script=Cyrillic}\p{Script=Greek}]/u;
/** Digits and one comma: a thousand, or a decimal comma. */
const AMBIGUOUS = /^\d{1,3},\d{3}$/;

export const toCode = (cell: string): string | undefined => narrow(cell);
export const isScientific = (code: string): boolean => SCIENTIFIC.test(code);
export const hasLookAlike = (code: string): boolean => LOOK_ALIKE.test(code);
export const isAmbiguousNumber = (cell: string): boolean => AMBIGUOUS.test(narrow(cell) ?? "");
