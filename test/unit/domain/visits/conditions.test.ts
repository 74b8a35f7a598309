import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { refusalCodes } from "../../../../shared/domain/visits/check-eligibility.ts";
import { conditionMoments, type Moment } from "../../../../shared/domain/visits/conditions.ts";
import { blockingCodes } from "../../../../shared/domain/visits/visit.ts";

const holding = (moment: Moment): string[] =>
  Object.entries(conditionMoments)
    .filter(([, moments]) => moments.some((each) => each === moment))
    .map(([code]) => code);

/** The rows of the table of conditions: code, held on admission, held at payment, and the reason. */
const page = readFileSync(new URL("../../../../docs/state-machine.md", import.meta.url), "utf8");
const rows = page
  .split("\n## ")
  .find((section) => section.startsWith("Conditions"))
  ?.split("\n")
  .filter((line) => line.startsWith("| `"))
  .map((line) =>
    line
      .split("|")
      .map((cell) => cell.trim())
      .slice(1, -1),
  );

describe("the conditions of payment by the fund", () => {
  it("are told in docs/state-machine.md with the moments at which they hold, and a reason for each", () => {
    const told = rows?.map(([code, admission, payment]) => [
      code?.replaceAll("`", ""),
      [...(admission === "yes" ? ["ADMISSION"] : []), ...(payment === "yes" ? ["PAYMENT"] : [])],
    ]);
    expect(told).toEqual(Object.entries(conditionMoments).map(([code, moments]) => [code, [...moments]]));
    for (const [, admission, payment, why] of rows ?? []) {
      expect([admission, payment].every((cell) => cell === "yes" || cell === "no")).toBe(true);
      expect(String(why).length).toBeGreaterThan(20);
    }
  });

  it("are, on admission, those that eligibility refuses by", () => {
    expect(holding("ADMISSION").toSorted()).toEqual([...refusalCodes].toSorted());
  });

  it("are, at payment, those that block a claim, but for the decision itself, which lets it wait or releases it", () => {
    const byDecision = ["NO_CASE", "CASE_NOT_RECOGNISED"];
    expect(
      holding("PAYMENT")
        .filter((code) => !byDecision.includes(code))
        .toSorted(),
    ).toEqual([...blockingCodes].toSorted());
  });
});
