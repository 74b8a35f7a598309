import { expect, it } from "vitest";
import { decideOverdue } from "../../../../shared/domain/settlements/decide-overdue.ts";
import { makeVisit, NOW, toDay } from "../../../support/builders.ts";

const dueOn = toDay("2026-03-09");
const waiting = makeVisit({ status: "DEFERRED" });

it("a claim whose decision is overdue is told of by one event, and marked with the day that has passed", () => {
  expect(decideOverdue(waiting, dueOn, NOW)).toMatchObject({
    before: waiting,
    visit: { overdueSince: dueOn, marks: 1, version: 2 },
    events: [{ type: "CLAIM_OVERDUE", sequence: 2 }],
    entries: [],
  });
});

it("it is told of once for each such day, and not once it waits no longer", () => {
  expect(decideOverdue({ ...waiting, overdueSince: dueOn }, dueOn, NOW)).toBeUndefined();
  expect(
    decideOverdue({ ...waiting, overdueSince: toDay("2026-03-01") }, dueOn, NOW)?.visit.overdueSince,
  ).toBe(dueOn);
  expect(decideOverdue({ ...waiting, status: "SETTLED" }, dueOn, NOW)).toBeUndefined();
});
