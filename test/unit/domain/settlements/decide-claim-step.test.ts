import { describe, expect, it } from "vitest";
import { fen } from "../../../../shared/domain/money.ts";
import { pricedInjuries } from "../../../../shared/domain/registry/injury-case.ts";
import { decideClaimStep } from "../../../../shared/domain/settlements/decide-claim-step.ts";
import type { CaseFacts } from "../../../../shared/domain/visits/conditions.ts";
import type { Visit } from "../../../../shared/domain/visits/visit.ts";
import {
  makeBilledVisit,
  makeFacts,
  makeReference,
  makeStanding,
  makeWorker,
  NOW,
  toInstant,
} from "../../../support/builders.ts";

const standing = [makeStanding({ kind: "DEFERRED" })];
const dischargedAt = toInstant("2026-03-08T10:00:00+08:00");
const waiting: Partial<Visit> = { status: "DEFERRED", settlementCount: 1, standing, dischargedAt };

function decide(visit: Partial<Visit>, facts: CaseFacts, hasBill = false) {
  const record = makeBilledVisit(visit);
  const { lines, usedBefore } = record;
  const bill = hasBill ? { lines, usedBefore, reference: makeReference() } : undefined;
  return decideClaimStep({ found: record, facts, bill }, NOW);
}
function must(visit: Partial<Visit>, facts: CaseFacts, hasBill = false) {
  const decided = decide(visit, facts, hasBill);
  if (decided.kind !== "STEP") throw new Error(decided.kind);
  const types = decided.facts.events.map(({ type }) => type);
  return { ...decided.facts, types, mayNeedAnotherStep: decided.mayNeedAnotherStep };
}
const recognised = makeFacts();
const refused = makeFacts({ status: "NOT_RECOGNISED" });
const frozen = makeFacts({}, { worker: makeWorker({ frozen: true }) });

describe("what waited for the decision of its case", () => {
  it("asks for its bill, and is settled by it once it is recognised", () => {
    expect(decide(waiting, recognised)).toEqual({ kind: "BILL_NEEDED" });
    const { visit, recorded, types } = must(waiting, recognised, true);
    expect(visit.status).toBe("SETTLED");
    expect(recorded?.settlement.kind).toBe("FINAL");
    expect(types).toEqual(["CLAIM_SETTLED"]);
  });

  it("leaves the fund once it is refused, and rests on the refusal", () => {
    const { visit, restsOn } = must(waiting, refused, true);
    expect(visit.status).toBe("RELEASED");
    expect(restsOn).toEqual({ caseAsRead: refused.injuryCase });
  });

  it("stays where something is in the way of paying, which is said once", () => {
    const { visit, types, recorded, restsOn } = must(waiting, frozen, true);
    expect(visit).toMatchObject({ status: "DEFERRED", blockedBy: "BENEFIT_FROZEN", marks: 1 });
    expect([types, recorded]).toEqual([["CLAIM_BLOCKED"], undefined]);
    expect(restsOn).toEqual({ caseAsRead: frozen.injuryCase });
    expect(decide({ ...waiting, blockedBy: "BENEFIT_FROZEN" }, frozen, true)).toEqual({ kind: "NONE" });
  });

  it("stays silently where its bill itself cannot be settled", () => {
    const interim = [makeStanding({ kind: "INTERIM" })];
    const nothing = { ...waiting, standing: [...interim, ...standing], countsUntil: undefined };
    const { mayNeedAnotherStep } = must(nothing, recognised, true);
    expect(mayNeedAnotherStep).toBe(true);
    const record = makeBilledVisit(waiting, { lines: [] });
    const bill = { lines: [], usedBefore: [], reference: makeReference() };
    expect(decideClaimStep({ found: record, facts: recognised, bill }, NOW)).toEqual({ kind: "NONE" });
  });
});

describe("a visit under treatment", () => {
  it("is guaranteed by a recognition, and priced by its injuries", () => {
    const { visit, details, types } = must({ guarantee: "PROVISIONAL" }, recognised);
    expect(visit).toMatchObject({ guarantee: "DIRECT", marks: 1 });
    expect(details?.injuries).toEqual(pricedInjuries(recognised.injuryCase));
    expect(types).toEqual(["CLAIM_GUARANTEED"]);
  });

  it("is not guaranteed where something is in the way, which is said", () => {
    const { visit, types } = must({ guarantee: "PROVISIONAL" }, frozen);
    expect(visit).toMatchObject({ guarantee: "PROVISIONAL", blockedBy: "BENEFIT_FROZEN" });
    expect(types).toEqual(["CLAIM_BLOCKED"]);
    expect(must({}, frozen).types).toEqual(["CLAIM_BLOCKED"]);
  });

  it("is priced anew where the injuries changed, without an event, and left alone where nothing did", () => {
    const { details, types } = must({}, recognised);
    expect([details?.injuries, types]).toEqual([pricedInjuries(recognised.injuryCase), []]);
    const found = makeBilledVisit();
    const priced = {
      ...found,
      details: { ...found.details, injuries: pricedInjuries(recognised.injuryCase) },
    };
    expect(decideClaimStep({ found: priced, facts: recognised }, NOW)).toEqual({ kind: "NONE" });
    const blocked = { ...priced, visit: { ...found.visit, blockedBy: "BENEFIT_FROZEN" } as const };
    const unblocked = decideClaimStep({ found: blocked, facts: recognised }, NOW);
    expect(unblocked).toMatchObject({ kind: "STEP", facts: { visit: { blockedBy: undefined } } });
  });

  it("is priced by the injuries of a case that is undecided", () => {
    expect(must({}, makeFacts({ status: "APPLIED" })).details).toBeDefined();
  });

  it("has nothing in its way any more once there is nothing to pay", () => {
    const { visit, types } = must({ blockedBy: "BENEFIT_FROZEN" }, refused);
    expect([visit.blockedBy, types]).toEqual([undefined, []]);
  });
});

describe("what the fund settled before its case was refused", () => {
  const settled: Partial<Visit> = { status: "SETTLED", standing: [makeStanding()], settlementCount: 1 };

  it("is to be recovered, as far as it is not already", () => {
    const { visit, entries, types, mayNeedAnotherStep } = must(settled, refused);
    expect(visit.recoverable).toBe(10_000);
    expect(entries).toMatchObject([{ kind: "RECOVERY", total: 10_000 }]);
    expect([types, mayNeedAnotherStep]).toEqual([["CLAIM_RECOVERY_DUE"], false]);
    const { entries: more } = must({ ...settled, recoverable: fen(4_000) }, refused);
    expect(more).toMatchObject([{ total: 6_000 }]);
    expect(must({ ...settled, blockedBy: "BENEFIT_FROZEN" }, refused).mayNeedAnotherStep).toBe(true);
  });

  it("is forgiven once the case is recognised after all, and then left alone", () => {
    const { visit, entries, mayNeedAnotherStep } = must({ ...settled, recoverable: fen(10_000) }, recognised);
    expect(visit.recoverable).toBeUndefined();
    expect(entries).toMatchObject([{ kind: "CLEARANCE", total: -10_000 }]);
    expect(mayNeedAnotherStep).toBe(true);
    expect(decide(settled, recognised)).toEqual({ kind: "NONE" });
  });
});
