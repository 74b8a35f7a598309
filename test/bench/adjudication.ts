import assert from "node:assert/strict";
import {
  type Adjudication,
  adjudicateBill,
  type Bill,
} from "../../shared/domain/settlements/adjudicate-bill.ts";
import { parseBill, showAdjudication } from "../support/example-bills.ts";
import { atLeast, atMost, type BenchOptions, type Findings, formatNumber, median } from "./figures.ts";
import { makeJsonRules } from "./rule-engines/json-rules.ts";
import { type LineFacts, type LineOutcome, toLineFacts } from "./rule-engines/line-facts.ts";
import { makeZenRules } from "./rule-engines/zen-rules.ts";
import { keptBills } from "./world.ts";

const LINES_OF_BILL = 10;

/** Bills of ten lines each, cut from the worked bills and the realistic stays; refunds are left out. */
function billsOfTen(): Bill[] {
  return keptBills.flatMap(({ bill: wire }) => {
    const bill = parseBill(wire);
    const originals = bill.lines.filter(({ refundOf }) => refundOf === undefined);
    const count = Math.floor(originals.length / LINES_OF_BILL);
    return Array.from({ length: count }, (_, index) => ({
      ...bill,
      lines: originals.slice(index * LINES_OF_BILL, (index + 1) * LINES_OF_BILL),
    }));
  });
}

type RuleEngine = (lines: readonly LineFacts[]) => Promise<LineOutcome[]>;

/** A part that the policy puts on the fund as a bearer is a part all the same, and not counted with the fund's own. */
const outcomesOf = ({ lines }: Adjudication): LineOutcome[] =>
  lines.map(({ line, reasons }) => ({
    lineNo: line.original.lineNo,
    fund: line.gross - reasons.reduce((sum, { amount }) => sum + amount, 0),
    parts: reasons.map(({ code, bearer, amount }) => ({ code, bearer, amount })),
  }));

/** Fails unless the service and the rule engine agree on every line of every bill that the project keeps. */
async function checkAgreement(name: string, allocate: RuleEngine): Promise<void> {
  for (const { name: billName, bill: wire, expected } of keptBills) {
    const bill = parseBill(wire);
    const adjudication = adjudicateBill(bill);
    assert.deepEqual(showAdjudication(adjudication), expected, billName);
    const found = await allocate(toLineFacts(bill));
    assert.deepEqual(found, outcomesOf(adjudication), `${name} on ${billName}`);
  }
}

/** Microseconds of processor time that one bill takes, in each round. */
async function measureRounds(
  rounds: number,
  roundMs: number,
  billCount: number,
  adjudicateAll: () => unknown,
): Promise<number[]> {
  const measured: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    let bills = 0;
    const startedAt = performance.now();
    while (performance.now() - startedAt < roundMs) {
      await adjudicateAll();
      bills += billCount;
    }
    // The first round warms up.
    if (round > 0) measured.push(((performance.now() - startedAt) * 1_000) / bills);
  }
  return measured;
}

/** The service's own arithmetic, and the same rules in two rule engines. */
export async function measureAdjudication({ quick }: BenchOptions): Promise<Findings> {
  const [rounds, roundMs] = quick ? [3, 200] : [9, 500];
  const engines = { "json-rules-engine 7": makeJsonRules(), "zen-engine 0.54": makeZenRules() };
  for (const [name, engine] of Object.entries(engines)) await checkAgreement(name, engine);

  const bills = billsOfTen();
  const own = await measureRounds(rounds, roundMs, bills.length, () => {
    for (const bill of bills) adjudicateBill(bill);
  });
  const facts = bills.map(toLineFacts);
  const others: [string, number][] = [];
  for (const [name, engine] of Object.entries(engines)) {
    const measured = await measureRounds(rounds, roundMs, bills.length, async () => {
      for (const lines of facts) await engine(lines);
    });
    others.push([name, median(measured)]);
  }
  const withReasons = bills
    .flatMap((bill) => adjudicateBill(bill).lines)
    .filter(({ reasons }) => reasons.length > 0);
  const perSecond = (microseconds: number): number => (LINES_OF_BILL * 1_000_000) / microseconds;
  return {
    title: "Adjudication of a 10-line bill with reasons",
    figures: [
      {
        what: "adjudication, one core",
        measured: perSecond(median(own)),
        unit: "lines a second",
        budget: atLeast(200_000),
      },
      { what: "adjudication of a 10-line bill", measured: median(own), unit: "µs", budget: atMost(100) },
    ],
    comparisons: [
      {
        title: "The same rules in rule engines",
        columns: ["", "µs a bill", "lines a second", "times as long"],
        rows: [["this service", median(own)] as const, ...others].map(([name, microseconds]) => [
          name,
          formatNumber(microseconds),
          formatNumber(perSecond(microseconds)),
          formatNumber(microseconds / median(own)),
        ]),
      },
    ],
    notes: [
      `${bills.length} bills of ten lines, cut from the worked bills and the realistic stays in test/fixtures; ${Math.round((100 * withReasons.length) / (bills.length * LINES_OF_BILL))} % of the lines have a reason.`,
      "The service's time includes netting, looking up the catalogue, using up the limits and adding up. The rule engines are spared all that: they get each line with its facts, worked out before the clock starts. json-rules-engine has no arithmetic; its amounts are worked out by code beside it. zen-engine gets a whole bill in one call and does the arithmetic itself.",
      "Before the clock starts, all three must agree to the fen, reason by reason, on all bills in test/fixtures, and with what those expect.",
    ],
  };
}
