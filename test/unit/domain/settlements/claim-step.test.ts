import { describe, expect, it } from "vitest";
import { fen } from "../../../../shared/domain/money.ts";
import type { CaseStatus } from "../../../../shared/domain/registry/injury-case.ts";
import { decideStep } from "../../../../shared/domain/settlements/claim-step.ts";
import {
  deferredAmounts,
  settledAmounts,
  settledLineCount,
  statusAfter,
  statusBefore,
  takenBackOf,
  type Visit,
} from "../../../../shared/domain/visits/visit.ts";
import { makeAllocation, makeStanding, makeVisit } from "../../../support/builders.ts";

const step = (status: CaseStatus, visit: Partial<Visit>): string => decideStep(makeVisit(visit), { status });
const deferred = makeStanding({ number: 1, kind: "DEFERRED", lineCount: 2 });
const release = makeStanding({
  number: 2,
  kind: "RELEASE",
  allocation: makeAllocation({ personal: "100.00" }),
});
const final = makeStanding({ number: 3, lineCount: 2 });
const interim = makeStanding({ number: 1, kind: "INTERIM", lineCount: 1 });

describe("a recognition asks", () => {
  it("to settle what waits or was released, and to guarantee what is open", () => {
    expect(step("RECOGNISED", { status: "DEFERRED", standing: [deferred] })).toBe("SETTLE");
    expect(step("RECOGNISED", { status: "RELEASED", standing: [deferred, release] })).toBe("SETTLE");
    expect(step("RECOGNISED", { status: "OPEN", guarantee: "PROVISIONAL" })).toBe("GUARANTEE");
    expect(step("RECOGNISED", { status: "DISCHARGED", guarantee: "PROVISIONAL" })).toBe("GUARANTEE");
  });

  it("to price what is open and guaranteed by the injuries, and nothing of what is over", () => {
    expect(step("RECOGNISED", { status: "OPEN" })).toBe("REFRESH");
    expect(step("RECOGNISED", { status: "SETTLED", standing: [final] })).toBe("NONE");
    expect(step("RECOGNISED", { status: "CANCELLED" })).toBe("NONE");
  });

  it("to forgive what was to be recovered", () => {
    expect(step("RECOGNISED", { status: "SETTLED", standing: [final], recoverable: fen(1) })).toBe("FORGIVE");
  });
});

describe("a refusal asks", () => {
  it.each(["NOT_RECOGNISED", "REVOKED"] as const)(
    "(%s) to release what waits, and to recover what was settled",
    (status) => {
      expect(step(status, { status: "DEFERRED", standing: [deferred] })).toBe("SETTLE");
      expect(step(status, { status: "SETTLED", standing: [final] })).toBe("RECOVER");
      expect(step(status, { status: "OPEN", standing: [interim] })).toBe("RECOVER");
    },
  );

  it("nothing of what is open, released, of no cost to the fund, or to be recovered already", () => {
    expect(step("REVOKED", { status: "OPEN" })).toBe("NONE");
    expect(step("REVOKED", { status: "RELEASED", standing: [deferred, release] })).toBe("NONE");
    const recoverable = final.allocation.fund;
    expect(step("REVOKED", { status: "SETTLED", standing: [final], recoverable })).toBe("NONE");
  });

  it("that nothing is said to be in the way of what is not paid, once what was settled is to be recovered", () => {
    const blockedBy = "THIRD_PARTY_LIABILITY";
    expect(step("REVOKED", { status: "OPEN", blockedBy })).toBe("UNBLOCK");
    expect(step("REVOKED", { status: "RELEASED", standing: [deferred, release], blockedBy })).toBe("UNBLOCK");
    expect(step("REVOKED", { status: "DEFERRED", standing: [deferred], blockedBy })).toBe("SETTLE");
    expect(step("REVOKED", { status: "OPEN", standing: [interim], blockedBy })).toBe("RECOVER");
    const recoverable = interim.allocation.fund;
    expect(step("REVOKED", { status: "OPEN", standing: [interim], recoverable, blockedBy })).toBe("UNBLOCK");
  });

  it("for the rest of what was settled where only a part is to be recovered yet", () => {
    const recoverable = interim.allocation.fund;
    const standing = [interim, final];
    expect(step("REVOKED", { status: "SETTLED", standing, recoverable })).toBe("RECOVER");
  });
});

describe("what the hospital took back", () => {
  const waiting = { status: "DEFERRED", standing: [deferred] } as const;

  it("is not settled again by the same decision, but follows another", () => {
    expect(step("RECOGNISED", { ...waiting, takenBack: "FINAL" })).toBe("NONE");
    expect(step("REVOKED", { ...waiting, takenBack: "FINAL" })).toBe("SETTLE");
    expect(step("NOT_RECOGNISED", { ...waiting, takenBack: "RELEASE" })).toBe("NONE");
    expect(step("RECOGNISED", { ...waiting, takenBack: "RELEASE" })).toBe("SETTLE");
  });

  it("of a stay that was settled in part leaves that part to be recovered", () => {
    const standing = [interim, makeStanding({ number: 2, kind: "DEFERRED" })];
    expect(step("REVOKED", { status: "DEFERRED", standing, takenBack: "RELEASE" })).toBe("RECOVER");
  });

  it("is known as long as the claim waits again", () => {
    const taken = (...standing: Visit["standing"]) => takenBackOf(makeVisit({ standing }));
    expect(taken(deferred, final)).toBe("FINAL");
    expect(taken(deferred, release, final)).toBe("FINAL");
    expect(taken(deferred, release)).toBe("RELEASE");
    expect(taken(deferred)).toBeUndefined();
    expect(taken(final)).toBeUndefined();
  });
});

it("a closed case asks what it asked before, or what a refusal asks", () => {
  const visit = makeVisit({ status: "DEFERRED", standing: [deferred] });
  expect(decideStep(visit, { status: "CLOSED", closedAs: "RECOGNISED" })).toBe("SETTLE");
  const settled = makeVisit({ status: "SETTLED", standing: [final] });
  expect(decideStep(settled, { status: "CLOSED", closedAs: "RECOGNISED" })).toBe("NONE");
  expect(decideStep(settled, { status: "CLOSED", closedAs: "APPLIED" })).toBe("RECOVER");
});

it("a case without a decision asks only to price what is open, and what was in the way no longer is", () => {
  for (const status of ["APPLIED", "ACCEPTED", "SUSPENDED"] as const) {
    expect(step(status, { status: "OPEN" })).toBe("REFRESH");
    expect(step(status, { status: "DISCHARGED" })).toBe("REFRESH");
    expect(step(status, { status: "DEFERRED", standing: [deferred] })).toBe("NONE");
  }
  const blockedBy = "NOT_AUTHORISED";
  expect(step("APPLIED", { status: "DEFERRED", standing: [deferred], blockedBy })).toBe("REFRESH");
});

describe("of a visit's settlements", () => {
  it("a later one takes the place of one that waited or was released", () => {
    expect(settledAmounts({ standing: [] })).toBeUndefined();
    expect(settledAmounts({ standing: [deferred] })).toBeUndefined();
    expect(settledAmounts({ standing: [deferred, release] })?.allocation.personal).toBe(10_000);
    expect(settledAmounts({ standing: [interim, deferred, final] })?.allocation).toMatchObject({
      fund: 20_000,
      personal: 0,
    });
  });

  it("only the last one can wait", () => {
    expect(deferredAmounts({ standing: [deferred] })?.total).toBe(10_000);
    expect(deferredAmounts({ standing: [deferred, final] })).toBeUndefined();
    expect(deferredAmounts({ standing: [] })).toBeUndefined();
  });

  it("lines are settled by those that settle, not by those that wait", () => {
    expect(settledLineCount({ standing: [interim, deferred] })).toBe(1);
    expect(settledLineCount({ standing: [interim, deferred, final] })).toBe(2);
  });

  it("taking the last one back brings the visit to where it was", () => {
    const was = (visit: Partial<Visit>) => statusBefore(makeVisit(visit));
    expect(was({ status: "SETTLED", standing: [final] })).toBe("DISCHARGED");
    expect(was({ status: "SETTLED", visitType: "OUTPATIENT", standing: [final] })).toBe("OPEN");
    expect(was({ status: "OPEN", standing: [interim] })).toBe("OPEN");
    expect(was({ status: "SETTLED", standing: [deferred, final] })).toBe("DEFERRED");
    expect(was({ status: "SETTLED", standing: [deferred, release, final] })).toBe("RELEASED");
    expect(was({ status: "SETTLED", standing: [interim, final] })).toBe("DISCHARGED");
  });

  it("each brings the visit to a status of its own, an interim one to none", () => {
    const after = (["FINAL", "INTERIM", "DEFERRED", "RELEASE"] as const).map((kind) =>
      statusAfter(makeVisit(), kind),
    );
    expect(after).toEqual(["SETTLED", "OPEN", "DEFERRED", "RELEASED"]);
  });
});
