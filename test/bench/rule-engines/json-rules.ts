import { Engine, type RuleProperties, type TopLevelCondition } from "json-rules-engine";
import { amountOf, fen, price, quantity, ratio, shareOf } from "../../../shared/domain/money.ts";
import { type LineFacts, type LineOutcome, type Part, toOutcome } from "./line-facts.ts";

const is = (fact: keyof LineFacts, value: boolean | string) => ({ fact, operator: "equal", value });

/** Who bears a line that the fund does not cover: the first of these that holds. */
const outside: readonly { readonly when: object[]; readonly bearer: object | string }[] = [
  { when: [is("employerNotice", false)], bearer: { fact: "noEmployerNoticeBearer" } },
  { when: [is("employerNotice", true), is("signedBy", "NOBODY")], bearer: { fact: "noConsentBearer" } },
  { when: [is("employerNotice", true), is("signedBy", "EMPLOYER")], bearer: "EMPLOYER" },
  {
    when: [is("employerNotice", true), { fact: "signedBy", operator: "in", value: ["WORKER", "RELATIVE"] }],
    bearer: "PERSONAL",
  },
];

const isUnrelated = { any: [is("injuryRelated", false), is("diagnosisOutside", true)] };
const isRelated = { all: [is("injuryRelated", true), is("diagnosisOutside", false)] };
const uncovered: Readonly<Record<string, object[]>> = {
  ITEM_UNKNOWN: [is("itemKnown", false)],
  NOT_IN_CATALOGUE: [is("itemKnown", true), is("periodFound", false)],
  RESTRICTION_NOT_MET: [is("periodFound", true), is("restricted", true), is("restrictionMet", false)],
};
const isCovered = [
  isRelated,
  is("periodFound", true),
  { any: [is("restricted", false), is("restrictionMet", true)] },
];

const all = (conditions: object[]): TopLevelCondition => JSON.parse(JSON.stringify({ all: conditions }));

/** One rule for each way in which the fund does not bear a part of a line. */
const rules: readonly RuleProperties[] = [
  {
    conditions: all([isUnrelated]),
    event: {
      type: "PART",
      params: { code: "UNRELATED_TO_INJURY", bearer: { fact: "unrelatedBearer" }, amount: { fact: "gross" } },
    },
  },
  ...Object.entries(uncovered).flatMap(([code, why]) =>
    outside.map(({ when, bearer }) => ({
      conditions: all([isRelated, ...why, ...when]),
      event: { type: "PART", params: { code, bearer, amount: { fact: "gross" } } },
    })),
  ),
  ...[
    { code: "OVER_PRICE_CAP", bearer: "overCapBearer", amount: "overCap" },
    { code: "OVER_QUANTITY_LIMIT", bearer: "overQuantityBearer", amount: "overQuantity" },
    { code: "PARTLY_COVERED", bearer: "ratioRemainderBearer", amount: "remainder" },
  ].map(({ code, bearer, amount }) => ({
    conditions: all([...isCovered, { fact: amount, operator: "greaterThan", value: 0 }]),
    event: { type: "PART", params: { code, bearer: { fact: bearer }, amount: { fact: amount } } },
  })),
];

/** The engine has no arithmetic, so the amounts that its conditions ask for are facts that code works out. */
function withAmounts(facts: LineFacts) {
  const allowed = quantity(facts.allowed);
  const overQuantity =
    facts.allowed < facts.quantity ? Math.max(0, facts.gross - amountOf(price(facts.unitPrice), allowed)) : 0;
  const within = facts.gross - overQuantity;
  const capped = Math.min(within, amountOf(price(Math.min(facts.unitPrice, facts.cap)), allowed));
  const remainder = capped - shareOf(fen(capped), ratio(facts.fundRatio));
  return { ...facts, overQuantity, overCap: within - capped, remainder };
}

const isPart = (params: unknown): params is Part =>
  typeof params === "object" && params !== null && "code" in params && "amount" in params;

/** Allocates lines by json-rules-engine, one run for each line. */
export function makeJsonRules(): (lines: readonly LineFacts[]) => Promise<LineOutcome[]> {
  const engine = new Engine([...rules], { replaceFactsInEventParams: true });
  return async (lines) => {
    const outcomes: LineOutcome[] = [];
    for (const facts of lines) {
      if (facts.isVoid) {
        outcomes.push(toOutcome(facts, []));
        continue;
      }
      const { events } = await engine.run(withAmounts(facts));
      outcomes.push(toOutcome(facts, events.map(({ params }) => params).filter(isPart)));
    }
    return outcomes;
  };
}
