import { describe, expect, it } from "vitest";
import { futureDays } from "../../../shared/domain/future-days.ts";
import { toDay, toInstant } from "../../support/builders.ts";

const noon = toInstant("2026-03-10T12:00:00+08:00");

describe("a day that is reported", () => {
  it("has come in Shanghai, or is refused at its place", () => {
    const days = { "/injuredOn": toDay("2026-03-10"), "/admittedAt": toDay("2026-03-11") };
    expect(futureDays(days, noon)).toEqual([
      {
        pointer: "/admittedAt",
        code: "DAY_IN_FUTURE",
        expected: { kind: "DAYS", on: "2026-03-11", to: "2026-03-10" },
      },
    ]);
  });

  it("may be left out", () => {
    expect(futureDays({ "/dischargedAt": undefined }, noon)).toEqual([]);
  });

  it("may be tomorrow by a clock that is five minutes ahead, and no more", () => {
    const days = { "/date": toDay("2026-03-11") };
    expect(futureDays(days, toInstant("2026-03-10T23:55:00+08:00"))).toEqual([]);
    expect(futureDays(days, toInstant("2026-03-10T23:54:59+08:00"))).toHaveLength(1);
  });

  it("is refused with every other that has not come", () => {
    const days = { "/from": toDay("2026-04-01"), "/to": toDay("2027-01-01") };
    expect(futureDays(days, noon).map(({ pointer }) => pointer)).toEqual(["/from", "/to"]);
  });
});
