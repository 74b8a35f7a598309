import { describe, expect, it } from "vitest";
import { fen } from "../../../../shared/domain/money.ts";
import {
  calculateSettlement,
  type SettlementInputs,
} from "../../../../shared/domain/settlements/calculate-settlement.ts";
import { decideSettlement } from "../../../../shared/domain/settlements/decide-settlement.ts";
import { isBalanced } from "../../../../shared/domain/settlements/ledger-entry.ts";
import {
  makeBilledVisit,
  makeFacts,
  makeLine,
  makeReference,
  makeStanding,
  NOW,
  toDay,
  toInstant,
} from "../../../support/builders.ts";

const FINAL = { kind: "FINAL", isPreview: false } as const;
const INTERIM = { kind: "INTERIM", isPreview: false } as const;
const dischargedAt = toInstant("2026-03-08T10:00:00+08:00");
const discharged = { status: "DISCHARGED", dischargedAt } as const;

const makeInputs = (overrides: Partial<SettlementInputs> = {}): SettlementInputs => ({
  request: FINAL,
  record: makeBilledVisit(discharged),
  facts: makeFacts(),
  reference: makeReference(),
  ...overrides,
});
const decide = (overrides: Partial<SettlementInputs> = {}) =>
  decideSettlement(makeInputs(overrides), { now: NOW, messageKey: "K1" });
const must = (overrides: Partial<SettlementInputs> = {}) => {
  const decided = decide(overrides);
  if (!decided.ok) throw new Error(decided.failure.code);
  return decided.value;
};
const codeOf = (overrides: Partial<SettlementInputs>) => {
  const decided = decide(overrides);
  return decided.ok ? "SETTLED" : decided.failure.code;
};

describe("a settlement", () => {
  it("is recorded with balanced entries, its summary row, one event and the visit that it closes", () => {
    const { before, visit, recorded, entries, events, restsOn } = must();
    expect(recorded).toMatchObject({
      number: 1,
      settlement: { settlementId: "V1-1", kind: "FINAL", catalogueVersion: 7, total: 1_000 },
      summaryCell: { day: "2026-03-10", total: 1_000, count: 1 },
      voiding: { voided: [] },
    });
    expect(visit).toMatchObject({ status: "SETTLED", version: before.version + 1, settlementCount: 1 });
    expect(visit.standing).toMatchObject([{ number: 1, kind: "FINAL", lineCount: 1 }]);
    expect(entries.map(({ kind }) => kind)).toEqual(["SETTLEMENT", "BENEFIT"]);
    expect(entries.every(isBalanced)).toBe(true);
    expect(entries[0]?.messageKey).toBe("K1");
    expect(events.map(({ type }) => type)).toEqual(["CLAIM_SETTLED"]);
    expect(restsOn).toEqual({});
  });

  it("pays back what was advanced, and the visit remembers how much", () => {
    const advances = [{ paidBy: "WORKER", amount: fen(300), receipt: "R1" }] as const;
    const { visit, recorded } = must({ record: makeBilledVisit({ ...discharged, advances }) });
    expect(recorded.settlement.repayments).toMatchObject([{ amount: 300, receipt: "R1" }]);
    expect(visit.standing[0]?.repaid).toBe(300);
  });

  it("of a stay so far keeps what it used up of limits, leaves the stay open and owes no meals", () => {
    const { visit, recorded, events } = must({ request: INTERIM, record: makeBilledVisit() });
    expect(visit.status).toBe("OPEN");
    expect(recorded.used).toMatchObject([{ itemCode: "A", on: "2026-03-06" }]);
    expect(recorded.settlement.mealAllowance).toBeUndefined();
    expect(events.map(({ type }) => type)).toEqual(["CLAIM_PARTLY_SETTLED"]);
  });

  it("waits while the case is undecided: it adds to no summary and rests on the case as it was read", () => {
    const facts = makeFacts({ status: "APPLIED" });
    const { visit, recorded, restsOn } = must({ facts });
    expect(visit.status).toBe("DEFERRED");
    expect(recorded.summaryCell).toBeUndefined();
    expect(restsOn).toEqual({ caseAsRead: facts.injuryCase });
  });

  it("waits for a case that there is not yet, and rests on none", () => {
    const record = makeBilledVisit({ ...discharged, caseNo: undefined });
    const { recorded, restsOn } = must({ record, facts: undefined });
    expect(recorded.settlement.kind).toBe("DEFERRED");
    expect(restsOn).toEqual({});
  });

  it("leaves the fund where the injury was not recognised: the policy's bearer pays all of it", () => {
    const { recorded } = must({ facts: makeFacts({ status: "NOT_RECOGNISED" }) });
    expect(recorded.settlement).toMatchObject({ kind: "RELEASE", allocation: { personal: 1_000 } });
  });

  it("goes over to the employer of the case first, and rests on the case being that one's", () => {
    const facts = makeFacts({ employerUscc: "91350100M000100Y43" });
    const record = makeBilledVisit({ ...discharged, employerUscc: "FORMER" });
    const { visit, recorded, events, restsOn } = must({ facts, record });
    expect([visit.employerUscc, recorded.settlement.employerUscc]).toEqual(
      Array(2).fill(facts.injuryCase.employerUscc),
    );
    expect(events.map(({ employerUscc }) => employerUscc)).toEqual([
      "FORMER",
      facts.injuryCase.employerUscc,
      facts.injuryCase.employerUscc,
    ]);
    expect(new Set(events.map(({ eventId }) => eventId)).size).toBe(3);
    expect(restsOn).toEqual({ caseParties: facts.injuryCase });
  });
});

describe("the meal allowance of a stay", () => {
  const mealsOf = (visit: object) =>
    must({ record: makeBilledVisit({ ...discharged, ...visit }) }).recorded.settlement.mealAllowance?.days;

  it("is for its days until the discharge, or until another stay has them", () => {
    const whole = mealsOf({}) ?? 0;
    const cut = mealsOf({ countsUntil: toDay("2026-03-06") }) ?? 0;
    expect(whole - cut).toBe(2);
  });

  it("is none for a stay without a day of its own, or without a night, and for an attendance", () => {
    const lines = [makeLine({ serviceAt: "2026-03-04T09:00:00+08:00" })];
    const visit = { ...discharged, countsUntil: toDay("2026-03-04") };
    const calculated = calculateSettlement(makeInputs({ record: makeBilledVisit(visit, { lines }) }));
    expect(calculated.ok && calculated.value.settlement.mealAllowance).toBeUndefined();
    const sameDay = toInstant("2026-03-05T18:00:00+08:00");
    const isFirstMealElsewhere = true;
    expect(mealsOf({ dischargedAt: sameDay, countsUntil: undefined, isFirstMealElsewhere })).toBeUndefined();
    expect(mealsOf({ visitType: "OUTPATIENT", dischargedAt: undefined })).toBeUndefined();
  });
});

describe("a settlement is refused", () => {
  it("before the discharge, but it may be previewed", () => {
    const record = makeBilledVisit();
    expect(codeOf({ record })).toBe("VISIT_NOT_DISCHARGED");
    const preview = makeInputs({ record, request: { kind: "FINAL", isPreview: true } });
    expect(calculateSettlement(preview).ok).toBe(true);
    const settled = makeBilledVisit({ status: "SETTLED" });
    expect(calculateSettlement({ ...preview, record: settled })).toMatchObject({
      failure: { code: "VISIT_SETTLED" },
    });
  });

  it("of a part once the worker was discharged, and of nothing unless it closes a stay settled in part", () => {
    expect(codeOf({ request: INTERIM })).toBe("VISIT_NOT_OPEN");
    expect(codeOf({ record: makeBilledVisit(discharged, { lines: [] }) })).toBe("NOTHING_TO_SETTLE");
    const standing = [makeStanding({ kind: "INTERIM" })];
    expect(codeOf({ record: makeBilledVisit({ ...discharged, standing }) })).toBe("SETTLED");
    expect(codeOf({ request: INTERIM, record: makeBilledVisit({ standing }) })).toBe("NOTHING_TO_SETTLE");
  });

  it("where a line is of a day that another stay has, and names the line and the last day", () => {
    const countsUntil = toDay("2026-03-05");
    expect(decide({ record: makeBilledVisit({ ...discharged, countsUntil }) })).toMatchObject({
      failure: { code: "DAY_NOT_OF_STAY", faults: [{ expected: { lineNo: "1", to: countsUntil } }] },
    });
  });

  it("where no policy was in force on the day of admission, or the case keeps a part from being settled", () => {
    expect(codeOf({ reference: { ...makeReference(), policies: [] } })).toBe("NO_POLICY");
    const record = makeBilledVisit();
    expect(codeOf({ record, request: INTERIM, facts: makeFacts({ status: "APPLIED" }) })).toBe(
      "CASE_UNDECIDED",
    );
  });

  it("prices by the notice of the employer", () => {
    const noticed = makeBilledVisit(discharged);
    const { employerNotice: _, ...details } = noticed.details;
    const reference = makeReference([]);
    expect(must({ record: { ...noticed, details }, reference }).recorded.settlement.allocation).toMatchObject(
      { employer: 1_000 },
    );
  });
});
