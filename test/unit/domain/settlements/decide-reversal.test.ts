import { describe, expect, it } from "vitest";
import { failure } from "../../../../shared/domain/failures.ts";
import { fen, quantity } from "../../../../shared/domain/money.ts";
import {
  decideRestoration,
  type RestorationInputs,
} from "../../../../shared/domain/settlements/decide-restoration.ts";
import {
  decideReversal,
  type ReversalInputs,
} from "../../../../shared/domain/settlements/decide-reversal.ts";
import { isBalanced } from "../../../../shared/domain/settlements/ledger-entry.ts";
import { toReversal } from "../../../../shared/domain/settlements/settlement.ts";
import type { StandingSettlement, Visit } from "../../../../shared/domain/visits/visit.ts";
import {
  CASE_NO,
  makeLine,
  makePolicy,
  makeSettlement,
  makeStanding,
  makeVisit,
  NOW,
  toDay,
  toInstant,
  USCC,
} from "../../../support/builders.ts";

const occasion = { now: NOW, messageKey: "K2" };
const recordOf = (kind: StandingSettlement["kind"] = "FINAL") => ({
  settlement: makeSettlement({ kind }),
  number: 1,
  linesOf: 1,
});
const settledVisit = (overrides: Partial<Visit> = {}) =>
  makeVisit({ status: "SETTLED", settlementCount: 1, standing: [makeStanding()], ...overrides });
const makeInputs = (overrides: Partial<ReversalInputs> = {}): ReversalInputs => ({
  visit: settledVisit(),
  original: recordOf(),
  tooLarge: undefined,
  caseParties: undefined,
  ...overrides,
});
function mustReverse(overrides: Partial<ReversalInputs> = {}) {
  const decided = decideReversal(makeInputs(overrides), occasion);
  if (!decided.ok) throw new Error(decided.failure.code);
  return decided.value;
}

describe("a reversal", () => {
  it("is a counter-entry with its summary row and event; the visit is as it was before", () => {
    const { visit, recorded, entries, events } = mustReverse({ reason: "录入有误" });
    expect(visit).toMatchObject({ status: "DISCHARGED", standing: [], settlementCount: 2 });
    expect(recorded).toMatchObject({
      number: 2,
      settlement: { kind: "REVERSAL", reverses: "V1-1", total: -10_000, reversalReason: "录入有误" },
      summaryCell: { reversalCount: 1, total: -10_000 },
      lines: { takesBack: { number: 1 } },
    });
    expect(entries.map(({ kind }) => kind)).toEqual(["REVERSAL"]);
    expect(entries.every(isBalanced)).toBe(true);
    expect(events.map(({ type }) => type)).toEqual(["CLAIM_REVERSED"]);
  });

  it("forgives what was to be recovered of the settlement", () => {
    const { visit, entries } = mustReverse({ visit: settledVisit({ recoverable: fen(10_000) }) });
    expect(visit.recoverable).toBeUndefined();
    expect(entries.map(({ kind }) => kind)).toEqual(["REVERSAL", "CLEARANCE"]);
  });

  it("gives the visit to the employer of its case, and rests on that", () => {
    const caseParties = { caseNo: CASE_NO, workerId: "W1", employerUscc: "RIGHT" };
    const { visit, recorded, events, restsOn } = mustReverse({ caseParties });
    expect([visit.employerUscc, recorded.settlement.employerUscc]).toEqual(["RIGHT", USCC]);
    expect(events.map(({ type }) => type)).toEqual([
      "CLAIM_REVERSED",
      "CLAIM_EMPLOYER_CORRECTED",
      "CLAIM_EMPLOYER_CORRECTED",
    ]);
    expect(restsOn).toEqual({ caseParties });
  });

  it("is refused of a reversal, of what does not stand, and where too many lines would be unsettled", () => {
    const reversal = toReversal(makeSettlement(), { number: 2, at: NOW });
    const codeOf = (overrides: Partial<ReversalInputs>) => {
      const decided = decideReversal(makeInputs(overrides), occasion);
      return decided.ok ? undefined : decided.failure.code;
    };
    const original = { ...recordOf(), settlement: reversal };
    expect(codeOf({ original })).toBe("SETTLEMENT_IS_REVERSAL");
    expect(codeOf({ visit: settledVisit({ standing: [] }) })).toBe("SETTLEMENT_REVERSED");
    expect(codeOf({ tooLarge: failure("BILL_TOO_LARGE") })).toBe("BILL_TOO_LARGE");
  });
});

describe("where the message of a settlement is cancelled,", () => {
  const policies = [makePolicy()];
  const settledOn = (text: string, kind: StandingSettlement["kind"] = "FINAL") => ({
    ...recordOf(kind),
    settlement: makeSettlement({ kind, settledAt: toInstant(text) }),
  });
  const voidingOf = (overrides: Partial<ReversalInputs>) => mustReverse(overrides).recorded.voiding;

  it("both sides count for nothing, until the month is closed: then the reversal counts today", () => {
    const { voided, countsOn } = voidingOf({ policies });
    expect(voided.map(({ kind }) => kind)).toEqual(["FINAL", "REVERSAL"]);
    expect(countsOn).toBeUndefined();
    const late = { policies, original: settledOn("2026-01-20T09:00:00+08:00") };
    expect(voidingOf(late)).toEqual({ voided: [], countsOn: "2026-03-10" });
  });

  it("what waited is part of no reconciliation, and neither is a reversal by its own message", () => {
    const standing = [makeStanding({ kind: "DEFERRED" })];
    const visit = settledVisit({ status: "DEFERRED", standing });
    const facts = mustReverse({ policies, visit, original: recordOf("DEFERRED") });
    expect(facts.recorded).toMatchObject({ voiding: { voided: [] }, summaryCell: undefined });
    expect(voidingOf({})).toEqual({ voided: [], countsOn: undefined });
  });
});

const used = [{ itemCode: "A", on: toDay("2026-03-06"), quantity: quantity(1) }];
function makeRestoration(
  kind: StandingSettlement["kind"] = "FINAL",
  visit: Partial<Visit> = {},
): RestorationInputs {
  const original = recordOf(kind);
  const reversal = {
    settlement: toReversal(original.settlement, { number: 2, at: NOW }),
    number: 2,
    linesOf: 1,
  };
  return {
    visit: makeVisit({ version: 3, settlementCount: 2, status: "DISCHARGED", ...visit }),
    reversal,
    original,
    reversed: { version: 3, standing: makeStanding({ kind }), employerUscc: USCC },
    lines: [makeLine()],
    used,
    policies: [makePolicy()],
  };
}
function mustRestore(inputs: RestorationInputs) {
  const decided = decideRestoration(inputs, occasion);
  if (!decided.ok) throw new Error(decided.failure.code);
  return decided.value;
}

describe("where the message of a reversal is cancelled,", () => {
  it("the settlement stands again as it was, under a new number, and both counter-entries count for nothing", () => {
    const inputs = makeRestoration("FINAL", { blockedBy: "BENEFIT_FROZEN" });
    const { visit, recorded, entries, events } = mustRestore(inputs);
    expect(visit).toMatchObject({ status: "SETTLED", settlementCount: 3, blockedBy: undefined });
    expect(visit.standing).toMatchObject([{ number: 3, kind: "FINAL", at: NOW }]);
    expect(recorded).toMatchObject({
      settlement: { settlementId: "V1-3", kind: "FINAL", reverses: "V1-2", total: 10_000 },
      summaryCell: { count: 1 },
      lines: { takesBack: { number: 2, linesOf: 1 } },
      used: undefined,
      voiding: { voided: [{ kind: "REVERSAL" }, { kind: "FINAL" }] },
    });
    expect(entries.map(({ kind }) => kind)).toEqual(["SETTLEMENT"]);
    expect(events.map(({ type }) => type)).toEqual(["CLAIM_RESTORED"]);
  });

  it("an interim one keeps what it used up of limits, and what is in the way of the stay stays", () => {
    const inputs = makeRestoration("INTERIM", { status: "OPEN", blockedBy: "BENEFIT_FROZEN" });
    const { visit, recorded } = mustRestore(inputs);
    expect(recorded.used).toEqual(used);
    expect(visit).toMatchObject({ status: "OPEN", blockedBy: "BENEFIT_FROZEN" });
  });

  it("what waits or left the fund is for the employer whose the visit is by now, and adds to no summary", () => {
    const { recorded, visit } = mustRestore(makeRestoration("RELEASE", { employerUscc: "RIGHT" }));
    expect(recorded.settlement.employerUscc).toBe("RIGHT");
    expect(recorded).toMatchObject({ summaryCell: undefined, voiding: { voided: [] } });
    expect(visit.status).toBe("RELEASED");
  });

  const isRefused = (inputs: RestorationInputs) => {
    const decided = decideRestoration(inputs, occasion);
    return !decided.ok && decided.failure.code === "VISIT_CHANGED_SINCE";
  };

  it("it does not where anything was done to the visit since, or it is another employer's", () => {
    expect(isRefused(makeRestoration("FINAL", { version: 4 }))).toBe(true);
    expect(isRefused(makeRestoration("FINAL", { version: 4, marks: 1 }))).toBe(false);
    expect(isRefused(makeRestoration("FINAL", { employerUscc: "RIGHT" }))).toBe(true);
    const { employerUscc: _, ...reversed } = makeRestoration().reversed;
    expect(isRefused({ ...makeRestoration(), reversed })).toBe(false);
  });

  it("an interim one does not where the bed was freed and another stay may have its days", () => {
    const freed = { status: "OPEN", bedReleasedAt: NOW } as const;
    expect(isRefused(makeRestoration("INTERIM", freed))).toBe(true);
    const settledUntil = toDay("2026-03-06");
    expect(isRefused(makeRestoration("INTERIM", { ...freed, settledUntil }))).toBe(false);
    expect(isRefused(makeRestoration("INTERIM", { ...freed, settledUntil: toDay("2026-03-05") }))).toBe(true);
    expect(isRefused(makeRestoration("INTERIM", { ...freed, dischargedAt: NOW }))).toBe(false);
    expect(isRefused({ ...makeRestoration("INTERIM", freed), lines: [] })).toBe(false);
  });
});
