import { ZenEngine } from "@gorules/zen-engine";
import * as z from "zod/mini";
import { type LineFacts, type LineOutcome, toOutcome } from "./line-facts.ts";

const quoted = (text: string): string => JSON.stringify(text);

interface Row {
  readonly when: string;
  readonly code: string;
  /** Expressions. */
  readonly bearer: string;
}

const unless = "injuryRelated and not(diagnosisOutside)";
const outside: readonly { readonly when: string; readonly bearer: string }[] = [
  { when: "not(employerNotice)", bearer: "noEmployerNoticeBearer" },
  { when: 'signedBy == "NOBODY"', bearer: "noConsentBearer" },
  { when: 'signedBy == "EMPLOYER"', bearer: quoted("EMPLOYER") },
  { when: "true", bearer: quoted("PERSONAL") },
];
const uncovered: Readonly<Record<string, string>> = {
  ITEM_UNKNOWN: "not(itemKnown)",
  NOT_IN_CATALOGUE: "not(periodFound)",
  RESTRICTION_NOT_MET: "restricted and not(restrictionMet)",
};

/** The first row that holds says why a whole line is not the fund's, and whose it is. */
const rows: readonly Row[] = [
  { when: "isVoid", code: "", bearer: quoted("") },
  { when: `not(${unless})`, code: "UNRELATED_TO_INJURY", bearer: "unrelatedBearer" },
  ...Object.entries(uncovered).flatMap(([code, why]) =>
    outside.map(({ when, bearer }) => ({ when: `(${why}) and (${when})`, code, bearer })),
  ),
  { when: "true", code: "COVERED", bearer: quoted("FUND") },
];

const table = {
  hitPolicy: "first",
  inputs: [{ id: "when", name: "When" }],
  outputs: [
    { id: "code", name: "Code", field: "code" },
    { id: "bearer", name: "Bearer", field: "bearer" },
  ],
  rules: rows.map(({ when, code, bearer }, index) => ({
    _id: String(index),
    when,
    code: quoted(code),
    bearer,
  })),
  passThrough: true,
  inputField: "lines",
  outputPath: "lines",
  executionMode: "loop",
};

const FEN_PER_PRODUCT = "10000000000";

/** Design.md section 4, rule 3, in the engine's decimals; every amount is positive, so adding a half rounds half up. */
const expressions = {
  overQuantity: `allowed < quantity ? max([0, gross - floor(unitPrice * allowed / ${FEN_PER_PRODUCT} + 0.5)]) : 0`,
  capped: `min([gross - $.overQuantity, floor(min([unitPrice, cap]) * allowed / ${FEN_PER_PRODUCT} + 0.5)])`,
  overCap: "gross - $.overQuantity - $.capped",
  remainder: "$.capped - floor($.capped * fundRatio / 10000 + 0.5)",
};

const arithmetic = {
  expressions: Object.entries(expressions).map(([key, value]) => ({ id: key, key, value })),
  passThrough: true,
  inputField: "lines",
  outputPath: "lines",
  executionMode: "loop",
};

const edge = (sourceId: string, targetId: string) => ({
  id: `${sourceId}-${targetId}`,
  type: "edge",
  sourceId,
  targetId,
});

const decision = {
  nodes: [
    { id: "bill", type: "inputNode", name: "bill", content: {} },
    { id: "coverage", type: "decisionTableNode", name: "coverage", content: table },
    { id: "amounts", type: "expressionNode", name: "amounts", content: arithmetic },
    { id: "answer", type: "outputNode", name: "answer", content: {} },
  ],
  edges: [edge("bill", "coverage"), edge("coverage", "amounts"), edge("amounts", "answer")],
};

const Decided = z.object({
  lines: z.array(
    z.object({
      code: z.string(),
      bearer: z.string(),
      overQuantity: z.number(),
      overCap: z.number(),
      remainder: z.number(),
    }),
  ),
});
type DecidedLine = z.infer<typeof Decided>["lines"][number];

function outcomeOf(facts: LineFacts, decided: DecidedLine): LineOutcome {
  const { code, bearer } = decided;
  if (code === "") return toOutcome(facts, []);
  if (code !== "COVERED") return toOutcome(facts, [{ code, bearer, amount: facts.gross }]);
  return toOutcome(facts, [
    { code: "OVER_PRICE_CAP", bearer: facts.overCapBearer, amount: decided.overCap },
    { code: "OVER_QUANTITY_LIMIT", bearer: facts.overQuantityBearer, amount: decided.overQuantity },
    { code: "PARTLY_COVERED", bearer: facts.ratioRemainderBearer, amount: decided.remainder },
  ]);
}

/** Allocates lines by zen-engine, all of a bill in one evaluation: a decision table, then its own arithmetic. */
export function makeZenRules(): (lines: readonly LineFacts[]) => Promise<LineOutcome[]> {
  const compiled = new ZenEngine().createDecision(decision);
  return async (lines) => {
    const { result } = await compiled.evaluate({ lines });
    const decided: z.infer<typeof Decided> = result;
    return lines.map((facts, index) => {
      const line = decided.lines[index];
      if (line === undefined) throw new RangeError(`no decision on line ${facts.lineNo}`);
      return outcomeOf(facts, line);
    });
  };
}
