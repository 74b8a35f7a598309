import { describe, expect, it } from "vitest";
import { employerUnder, followsEmployer } from "../../../../shared/domain/visits/employer-change.ts";
import { makeStanding, makeVisit } from "../../../support/builders.ts";

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

  it("while it has left the fund, unless a part was settled before", () => {
    const release = makeStanding({ kind: "RELEASE" });
    expect(followsEmployer({ status: "RELEASED", standing: [deferred, release] })).toBe(true);
    expect(followsEmployer({ status: "RELEASED", standing: [interim, release] })).toBe(false);
  });

  it("but not once it is settled or cancelled", () => {
    expect(followsEmployer({ status: "SETTLED", standing: [makeStanding({ kind: "FINAL" })] })).toBe(false);
    expect(followsEmployer({ status: "CANCELLED", standing: [] })).toBe(false);
  });

  it("and is the former one's where nothing says otherwise", () => {
    const visit = makeVisit({ employerUscc: "FORMER" });
    expect(employerUnder(visit, "RIGHT")).toBe("RIGHT");
    expect(employerUnder(visit, undefined)).toBe("FORMER");
    expect(employerUnder({ ...visit, standing: [interim] }, "RIGHT")).toBe("FORMER");
  });
});
