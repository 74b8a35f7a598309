import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { parameterExamples, requestExamples } from "../../../functions/contract/examples.ts";
import { operations } from "../../../functions/contract/operations.ts";
import { catalogueWarningTexts } from "../../../shared/domain/catalogue/catalogue-warning-texts.ts";
import { type Fault, failureTexts } from "../../../shared/domain/failures.ts";
import { reasonCodes } from "../../../shared/domain/settlements/reasons.ts";
import { refusalCodes } from "../../../shared/domain/visits/check-eligibility.ts";
import { detailOf } from "../../../shared/http/fault-details.ts";
import { faultDetail } from "../../../shared/http/fault-texts.ts";
import { FOR_FAULTS, toFaults } from "../../../shared/http/schema-faults.ts";

const warningTexts: Readonly<Record<string, readonly string[]>> = catalogueWarningTexts;
/** A sentence in Chinese, a dot, a sentence in English. */
const BOTH_LANGUAGES = /^[^·]*[\u4e00-\u9fff][^·]* · [A-Z][^·\u4e00-\u9fff]+$/;

/** The codes that have no sentence. */
const withoutText = (codes: Iterable<string>): string[] =>
  [...new Set(codes)].filter(
    (code) => !BOTH_LANGUAGES.test(warningTexts[code]?.join(" · ") ?? faultDetail(code)),
  );

const project = join(import.meta.dirname, "../../..");

/** Codes that schemas and checks name in the source itself; why a part is not the fund's is no fault. */
function codesOfSource(): string[] {
  const files = globSync("{shared,functions}/**/*.ts", { cwd: project });
  const source = files.map((file) => readFileSync(join(project, file), "utf8")).join("\n");
  const named = [...source.matchAll(/\b(?:error|code): "([A-Z][A-Z_]+)"/g)].flatMap(([, code]) => code ?? []);
  const reasons = new Set<string>(reasonCodes);
  return named.filter((code) => !reasons.has(code));
}

const junk: readonly unknown[] = [
  undefined,
  null,
  "",
  "x",
  "2026-02-30",
  "-1",
  "9".repeat(300),
  "0",
  -1,
  0,
  0.001,
  1e9,
  true,
  {},
  [],
  Array(600).fill("x"),
  { unknown: 1 },
];

/** The value with each of its parts, and itself, replaced by every piece of junk in turn. */
function* spoil(value: unknown): Generator<unknown> {
  yield* junk;
  if (Array.isArray(value)) {
    yield Array(600).fill(value[0]);
    yield [...value, ...value];
    for (const [index, part] of value.entries()) {
      for (const spoilt of spoil(part)) yield value.with(index, spoilt);
    }
  } else if (typeof value === "object" && value !== null) {
    yield { ...value, unknown: 1 };
    for (const [key, part] of Object.entries(value)) {
      for (const spoilt of spoil(part)) yield { ...value, [key]: spoilt };
    }
  }
}

const queryExample = {
  from: "2026-01-01",
  to: "2026-12-31",
  groupBy: "month",
  limit: "10",
  cursor: "x",
  status: "OPEN",
};
const periods = [
  { from: "2026-12-31", to: "2026-01-01", groupBy: "month" },
  { from: "1000-01-01", to: "2026-01-01", groupBy: "month" },
];

/** The codes of faults that say no more than their code, though something more is to be said. */
const needsMore = new Set([
  "NOT_ALLOWED",
  "NOT_AN_EXACT_DECIMAL",
  "OUT_OF_RANGE",
  "TOO_FEW",
  "TOO_LONG",
  "TOO_MANY",
  "TOO_SHORT",
  "WRONG_FORMAT",
  "WRONG_TYPE",
]);

/** Every fault that the operations' schemas find in what they do not take, one of each operation, code and sentence. */
function faultsOfSchemas(): Fault[] {
  const faults = new Map<string, Fault>();
  const feed = (schema: z.core.$ZodType, values: Iterable<unknown>): void => {
    for (const value of values) {
      const issues = z.safeParse(schema, value, FOR_FAULTS).error?.issues ?? [];
      for (const fault of toFaults("", issues)) faults.set(`${fault.pointer} ${detailOf(fault)}`, fault);
    }
  };
  for (const { id, params, query, body } of operations) {
    feed(body, spoil(requestExamples[id]));
    feed(params, spoil(parameterExamples));
    feed(query, spoil(queryExample));
    feed(query, periods);
  }
  return [...faults.values()];
}

describe("a sentence in both languages is there for", () => {
  const faults = faultsOfSchemas();

  it("every code that is written in the source", () => {
    const codes = codesOfSource();
    expect(codes).toContain("PERIODS_OVERLAP");
    expect(codes).toContain("TOO_MANY_LINES");
    expect(withoutText(codes)).toEqual([]);
  });

  it("every code that a schema of an operation gives for any bad input", () => {
    const codes = new Set(faults.map(({ code }) => code));
    expect(codes).toContain("REQUIRED");
    expect(codes).toContain("PERIOD_NOT_READABLE");
    expect(codes).toContain("ID_OR_CARD_REQUIRED");
    expect(withoutText(codes)).toEqual([]);
  });

  it("every limit, value and form that a field of an operation has", () => {
    const bare = faults.filter(({ code, expected }) => needsMore.has(code) && expected === undefined);
    expect(bare).toEqual([]);
    expect(faults.map(detailOf).filter((detail) => !BOTH_LANGUAGES.test(detail))).toEqual([]);
    const told = new Set(faults.flatMap(({ code, expected }) => (expected === undefined ? [] : [code])));
    expect([...needsMore].filter((code) => !told.has(code))).toEqual([]);
  });

  it("every failure and every refusal of eligibility", () => {
    expect(withoutText(Object.keys(failureTexts))).toEqual([]);
    expect(withoutText(refusalCodes)).toEqual([]);
  });
});

describe("the sentence for a code", () => {
  it("is the failure's where the code is one", () => {
    expect(faultDetail("NO_POLICY")).toBe(`${failureTexts.NO_POLICY.zh} · ${failureTexts.NO_POLICY.en}`);
  });

  it("is the code itself where nobody wrote one", () => {
    expect(faultDetail("SOMETHING_NEW")).toBe("SOMETHING_NEW");
  });
});
