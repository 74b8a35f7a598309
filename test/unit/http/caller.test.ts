import { describe, expect, it } from "vitest";
import { findCaller, roles } from "../../../shared/http/caller.ts";

const institution = "H33030400001";

describe("a token's claims", () => {
  it("name a caller by role and institution, for each role that there is", () => {
    expect(roles).toEqual(["hospital", "enterprise", "finance", "agency", "auditor"]);
    for (const role of roles) expect(findCaller({ role, institution })).toEqual({ role, institution });
  });

  it("may say more, which does not reach the caller", () => {
    expect(findCaller({ role: "agency", institution, sub: "x", scope: "admin" })).toEqual({
      role: "agency",
      institution,
    });
  });

  it.each([
    undefined,
    null,
    "hospital",
    {},
    { role: "hospital" },
    { institution },
    { role: "admin", institution },
    { role: "Hospital", institution },
    { role: ["hospital"], institution },
    { role: "hospital", institution: 1 },
    { role: "hospital", institution: "" },
    { role: "hospital", institution: "x".repeat(65) },
    { role: "hospital", institution: "H3 3" },
    { role: "hospital", institution: "H33\n" },
    { role: "hospital", institution: "H#33" },
  ])("%j name nobody", (claims) => {
    expect(findCaller(claims)).toBeUndefined();
  });

  it("may name an institution of 1 to 64 letters, digits and _ . : -", () => {
    for (const name of ["1", "A_b.c:d-9", "x".repeat(64)]) {
      expect(findCaller({ role: "finance", institution: name })?.institution).toBe(name);
    }
  });
});

it("a token's claims may have the names that its issuer gives them", () => {
  const names = { role: "https://issuer.example/role", institution: "org" };
  const claims = { "https://issuer.example/role": "agency", org: "A330304", role: "finance" };
  expect(findCaller(claims, names)).toEqual({ role: "agency", institution: "A330304" });
  expect(findCaller({ role: "agency", institution }, names)).toBeUndefined();
});
