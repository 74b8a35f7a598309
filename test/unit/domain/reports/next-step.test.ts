import { describe, expect, it } from "vitest";
import { instantOf } from "../../../../shared/domain/dates.ts";
import { fen } from "../../../../shared/domain/money.ts";
import { nextStepOf } from "../../../../shared/domain/reports/next-step.ts";
import { visitTypes } from "../../../../shared/domain/visit-type.ts";
import { guarantees, takenBackKinds, visitStatuses } from "../../../../shared/domain/visits/visit.ts";
import { makeVisit } from "../../../support/builders.ts";

const next = (overrides: Parameters<typeof makeVisit>[0]): string => nextStepOf(makeVisit(overrides)).en;
const provisional = { guarantee: "PROVISIONAL" } as const;
const blocked = { ...provisional, blockedBy: "NOT_AUTHORISED" } as const;
const SETTLES_BY_ITSELF = "settles by itself";
const HOSPITAL_SETTLES = /hospital settles after discharge|has yet to settle/;

describe("what happens next with a claim", () => {
  it.each([
    ["an open stay", makeVisit(), "the hospital settles after discharge"],
    ["an open attendance", makeVisit({ visitType: "OUTPATIENT" }), "yet to settle the visit"],
    ["a discharge", makeVisit({ status: "DISCHARGED" }), "was discharged"],
    ["a settlement", makeVisit({ status: "SETTLED" }), "The fund pays the hospital directly"],
    ["a deferral", makeVisit({ status: "DEFERRED", ...provisional }), SETTLES_BY_ITSELF],
    ["a release", makeVisit({ status: "RELEASED" }), "left the fund"],
    ["a cancellation", makeVisit({ status: "CANCELLED" }), "nothing is to be done"],
  ])("after %s is told in words", (_, visit, words) => {
    expect(nextStepOf(visit).en).toContain(words);
  });

  it("is the hospital's settlement before there was any, and what it comes to by each decision", () => {
    for (const status of ["OPEN", "DISCHARGED"] as const) {
      for (const visitType of visitTypes) {
        const words = next({ status, visitType, ...provisional });
        expect(words).toMatch(HOSPITAL_SETTLES);
        expect(words).toContain("without a decision it is deferred");
        expect(words).not.toContain(SETTLES_BY_ITSELF);
      }
    }
  });

  it("is the agency's to mend where something stands in the way of the fund", () => {
    for (const status of ["OPEN", "DISCHARGED", "DEFERRED", "RELEASED"] as const) {
      const words = next({ status, ...blocked });
      expect(words).toContain("the agency has to act first");
      expect(words).not.toContain(SETTLES_BY_ITSELF);
    }
    expect(next({ status: "DISCHARGED", ...blocked })).toMatch(HOSPITAL_SETTLES);
  });

  it("is the hospital's to mend where it took back what the decision had settled", () => {
    for (const takenBack of takenBackKinds) {
      for (const status of ["DEFERRED", "RELEASED"] as const) {
        const words = next({ status, ...provisional, takenBack });
        expect(words).toContain("has yet to settle it anew");
        expect(words).not.toContain(SETTLES_BY_ITSELF);
      }
    }
  });

  it("is no payment by the fund once it is owed back what it settled", () => {
    const owed = { recoverable: fen(1_000) };
    expect(next({ status: "SETTLED", ...owed })).toContain("recorded as owed back");
    expect(next({ status: "SETTLED", ...owed })).not.toContain("The fund pays");
    for (const status of ["OPEN", "RELEASED"] as const) {
      expect(next({ status, ...owed })).toBe(`${next({ status })} ${next({ status: "SETTLED", ...owed })}`);
    }
  });

  it("is the hospital's discharge once the agency freed the bed, and no stay that goes on", () => {
    const bedReleasedAt = instantOf(Date.parse("2026-03-06T08:00:00+08:00"));
    const { zh, en } = nextStepOf(makeVisit({ bedReleasedAt }));
    expect(en).toBe("The agency has freed the bed; the hospital still has to record the discharge.");
    expect(zh).toBe("床位已由经办机构释放，待医院补办出院后结算。");
    expect(next({ bedReleasedAt, ...blocked })).toContain("the agency has to act first");
    expect(next({ bedReleasedAt, status: "DISCHARGED" })).toContain("was discharged");
  });

  it("is the same once settled, released or cancelled, provisional or not", () => {
    for (const status of ["SETTLED", "RELEASED", "CANCELLED"] as const) {
      expect(next({ status, guarantee: "PROVISIONAL" })).toBe(next({ status }));
    }
  });

  it("is told in both languages in every state", () => {
    for (const status of visitStatuses) {
      for (const guarantee of guarantees) {
        const { zh, en } = nextStepOf(makeVisit({ status, guarantee }));
        expect([status, zh.endsWith("。"), en.endsWith(".")]).toEqual([status, true, true]);
      }
    }
  });
});
