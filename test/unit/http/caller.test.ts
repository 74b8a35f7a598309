import { describe, expect, it } from "vitest";
import { findCaller, roles } from "../../../shared/http/caller.ts";

const institution = "H33030400001";
const who = "demo-person";

describe("a token's claims", () => {
  it("name a caller by role and institution, for each role that there is", () => {
    expect(roles).toEqual(["hospital", "enterprise", "finance", "agency", "auditor"]);
    for (const role of roles) {
      expect(findCaller({ sub: who, role, institution })).toEqual({ who, role, institution });
    }
  });

  it("may say more, which does not reach the caller", () => {
    expect(findCaller({ sub: who, role: "agency", institution, scope: "admin" })).toEqual({
      who,
      role: "agency",
      institution,
    });
  });

  it("say who it is by the subject, or by the client where there is none", () => {
    const client = { client_id: "his-1", role: "hospital", institution };
    expect(findCaller(client)?.who).toBe("his-1");
    expect(findCaller({ ...client, sub: who })?.who).toBe(who);
  });

  it.each([
    undefined,
    null,
    "hospital",
    {},
    { role: "hospital", institution },
    { sub: "", role: "hospital", institution },
    { sub: 1, role: "hospital", institution },
    { sub: "王", role: "hospital", institution },
    { sub: "x".repeat(256), role: "hospital", institution },
    { sub: who, role: "hospital" },
    { sub: who, institution },
    { sub: who, role: "admin", institution },
    { sub: who, role: "Hospital", institution },
    { sub: who, role: ["hospital"], institution },
    { sub: who, role: "hospital", institution: 1 },
    { sub: who, role: "hospital", institution: "" },
    { sub: who, role: "hospital", institution: "x".repeat(65) },
    { sub: who, role: "hospital", institution: "H3 3" },
    { sub: who, role: "hospital", institution: "H33\n" },
    { sub: who, role: "hospital", institution: "H#33" },
  ])("%j name nobody", (claims) => {
    expect(findCaller(claims)).toBeUndefined();
  });

  it("may name an institution of 1 to 64 letters, digits and _ . : -", () => {
    for (const name of ["1", "A_b.c:d-9", "x".repeat(64)]) {
      expect(findCaller({ sub: who, role: "finance", institution: name })?.institution).toBe(name);
    }
  });
});

it("a token's claims may have the names that its issuer gives them", () => {
  const names = { role: "https://issuer.example/role", institution: "org" };
  const claims = { sub: who, "https://issuer.example/role": "agency", org: "A330304", role: "finance" };
  expect(findCaller(claims, names)).toEqual({ who, role: "agency", institution: "A330304" });
  expect(findCaller({ sub: who, role: "agency", institution }, names)).toBeUndefined();
});
