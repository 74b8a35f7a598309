import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { parameterExamples, requestExamples } from "../../../functions/contract/examples.ts";
import { operations } from "../../../functions/contract/operations.ts";
import { type Leaf, leaves } from "../../support/schema-leaves.ts";

/** They only lead to something of ours, or to nothing: neither is kept or shown what stands there. */
const places = ["visitId", "settlementId", "reconciliationId", "eventId", "cursor", "after"];
const isPlace = ({ name }: Leaf): boolean =>
  places.some((place) => [` path/${place}`, ` query/${place}`].some((end) => name.endsWith(end)));

function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** Texts of which every field takes one. */
const samples = [
  ...new Set([
    ...textsIn([requestExamples, parameterExamples]),
    ...[
      "核对工伤档案",
      "https://1.1.1.1/events",
      "k".repeat(43),
      "000-00000001",
      "0000000000000000001",
      "50",
    ],
  ]),
];

const hostile = [
  ["replacement characters", "\uFFFD"],
  ["a null", "\u0000"],
  ["a tab", "\t"],
  ["C1 controls", "\u0085"],
  ["a separator of lines", "\u2028"],
  ["half a character", "\uD83D"],
  ["a zero-width space", "\u200B"],
  ["a mark of the order of bytes", "\uFEFF"],
  ["an override of the direction", "\u202E"],
  ["a soft hyphen", "\u00AD"],
  ["a tag", "\u{E0041}"],
] as const;
const blanks = [" ", "   ", "\u3000", "\u00A0\u2003", "\u2800"];

const accepts = ({ schema }: Leaf, text: string): boolean => z.safeParse(schema, text).success;
const acceptedBy = (leaf: Leaf): string[] => samples.filter((sample) => accepts(leaf, sample));
const sampled = leaves.filter((leaf) => !isPlace(leaf)).map((leaf) => ({ ...leaf, good: acceptedBy(leaf) }));

describe("every text field of every operation", () => {
  test("is tried with a text that it takes", () => {
    expect(sampled.length).toBeGreaterThan(150);
    expect(sampled.filter(({ good }) => good.length === 0).map(({ name }) => name)).toEqual([]);
  });

  test.each(hostile)("refuses %s, at the start, in the middle and at the end", (_what, character) => {
    const taken = sampled.flatMap((leaf) =>
      leaf.good.flatMap((text) => {
        const middle = Math.ceil(text.length / 2);
        const bad = [
          character + text,
          text + character,
          text.slice(0, middle) + character + text.slice(middle),
        ];
        return [character, ...bad]
          .filter((each) => accepts(leaf, each))
          .map((each) => `${leaf.name} ${each}`);
      }),
    );
    expect(taken).toEqual([]);
  });

  test("refuses blanks alone", () => {
    const taken = sampled.filter((leaf) => blanks.some((blank) => accepts(leaf, blank)));
    expect(taken.map(({ name }) => name)).toEqual([]);
  });

  test("has one fault where it has blanks alone", () => {
    const faults = sampled.flatMap(({ name, schema }) =>
      blanks.map((blank) => [name, z.safeParse(schema, blank).error?.issues.length]),
    );
    expect(faults.filter(([, count]) => count !== 1)).toEqual([]);
  });
});

/** The value with one of its texts replaced, for each of them; the last part of its path beside it. */
function* withBlank(value: unknown, blank: string, name = ""): Generator<readonly [string, unknown]> {
  if (typeof value === "string") yield [name, blank];
  if (Array.isArray(value))
    for (const [index, part] of value.entries())
      for (const [at, replaced] of withBlank(part, blank, name)) yield [at, value.with(index, replaced)];
  else if (typeof value === "object" && value !== null)
    for (const [field, part] of Object.entries(value))
      for (const [at, replaced] of withBlank(part, blank, `${name}/${field}`))
        yield [at, { ...value, [field]: replaced }];
}

test("a message in which one text is blanks alone has one fault", () => {
  const several = operations.flatMap(({ id, body }) =>
    blanks.flatMap((blank) =>
      [...withBlank(requestExamples[id], blank)].flatMap(([name, value]) => {
        const issues = z.safeParse(body, value).error?.issues ?? [];
        return issues.length === 1 ? [] : [[id, name, issues.map(({ path, message }) => [path, message])]];
      }),
    ),
  );
  expect(several).toEqual([]);
});
