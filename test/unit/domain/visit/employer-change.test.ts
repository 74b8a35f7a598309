import { describe, expect, it } from "vitest";
import { followsEmployer } from "../../../../shared/domain/visit/employer-change.ts";
import { makeStanding } from "../../../support/builders.ts";

const [interim, deferred] = [makeStanding({ kind: "INTERIM" }), makeStanding({ kind: "DEFERRED" })];

describe("a visit goes over to the new employer of its case", () => {
  it.each(["OPEN", "DISCHARGED"] as const)("while it is %s and nothing of it is settled", (status) => {
    expect(followsEmployer({ status, standing: [] })).toBe(true);
    expect(followsEmployer({ status, standing: [interim] })).toBe(false);
  });

  it("while it waits for the decision, unless a part was settled before", () => {
    expect(followsEmployer({ status: "DEFERRED", standing: [deferred] })).toBe(true);
    expect(followsEmployer({ status: "DEFERRED", standing: [interim, deferred] })).toBe(false);
  });

  it.each(["SETTLED", "RELEASED", "CANCELLED"] as const)("but not once it is %s", (status) => {
    expect(followsEmployer({ status, standing: [] })).toBe(false);
  });
});
