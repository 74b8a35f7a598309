import { describe, expect, it } from "vitest";
import { pricedInjuries } from "../../../../shared/domain/registry/injury-case.ts";
import { decideLink } from "../../../../shared/domain/visits/decide-link.ts";
import { toNext } from "../../../../shared/domain/visits/next-version.ts";
import type { Visit } from "../../../../shared/domain/visits/visit.ts";
import {
  CASE_NO,
  makeCase,
  makeDetails,
  makeVisit,
  NOW,
  toInstant,
  USCC,
} from "../../../support/builders.ts";

const injuryCase = makeCase();
const link = (visit: Partial<Visit> = {}) => {
  const found = { visit: makeVisit({ caseNo: undefined, ...visit }), details: makeDetails() };
  return decideLink(found, injuryCase, NOW);
};

describe("a visit that was taken in on notice", () => {
  it("gets the case with its employer and injuries, told by one event, and rests on the case", () => {
    expect(link({ employerUscc: "FORMER" })).toMatchObject({
      ok: true,
      value: {
        visit: { caseNo: CASE_NO, employerUscc: USCC, marks: 1, version: 2 },
        details: { injuries: pricedInjuries(injuryCase) },
        entries: [],
        events: [{ type: "CLAIM_LINKED", caseNo: CASE_NO }],
        restsOn: { caseAsRead: injuryCase, caseParties: injuryCase },
      },
    });
  });

  it.each([
    ["VISIT_HAS_CASE", { caseNo: "GS-OTHER" }],
    ["VISIT_CANCELLED", { status: "CANCELLED" }],
    ["CASE_OF_ANOTHER_WORKER", { workerId: "W2" }],
    ["BEFORE_INJURY", { admittedAt: toInstant("2026-02-28T08:00:00+08:00") }],
  ] as const)("is refused a case: %s", (code, visit) => {
    expect(link(visit)).toMatchObject({ ok: false, failure: { code } });
  });
});

describe("the next version of a visit", () => {
  it("is never earlier than the one before it, whatever the clock says", () => {
    const visit = makeVisit();
    expect(toNext(visit, toInstant("2026-03-09T00:00:00+08:00"), {}).updatedAt).toBe(NOW);
    const later = toInstant("2026-03-11T00:00:00+08:00");
    expect(toNext(visit, later, { status: "DISCHARGED" })).toMatchObject({
      version: 2,
      updatedAt: later,
      status: "DISCHARGED",
    });
  });
});
