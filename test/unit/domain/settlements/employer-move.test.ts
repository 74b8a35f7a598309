import { describe, expect, it } from "vitest";
import { toEmployerMove } from "../../../../shared/domain/settlements/employer-move.ts";
import { isBalanced } from "../../../../shared/domain/settlements/ledger-entry.ts";
import { makeStanding, makeVisit } from "../../../support/builders.ts";

const moved = (kind: "RELEASE" | "DEFERRED" | undefined) => {
  const standing = kind === undefined ? [] : [makeStanding({ number: 2, kind })];
  const from = makeVisit({ employerUscc: "FORMER", standing });
  return toEmployerMove(from, { ...from, employerUscc: "RIGHT", version: from.version + 2 });
};

describe("a visit that goes over to another employer", () => {
  it("takes a bill along that left the fund, by two balanced entries that cancel out", () => {
    const [left, joined, ...others] = moved("RELEASE");
    if (left === undefined || joined === undefined) throw new Error("nothing moved");
    expect(others).toEqual([]);
    expect([left.kind, left.employerUscc]).toEqual(["CLEARANCE", "FORMER"]);
    expect([joined.kind, joined.employerUscc]).toEqual(["RELEASE", "RIGHT"]);
    expect(left.entryId).not.toBe(joined.entryId);
    expect(left.reverses).toBe(joined.settlementId);
    expect(left.total + joined.total).toBe(0);
    expect([left, joined].every(isBalanced)).toBe(true);
  });

  it("moves nothing on the ledger while it waits, or while nothing stands", () => {
    expect([moved("DEFERRED"), moved(undefined)]).toEqual([[], []]);
  });
});
