import { describe, expect, test } from "vitest";
import { readAudit } from "../../../infra/supply-chain/audit-verdict.ts";

const report = (high: number, critical: number, moderate = 0) =>
  JSON.stringify({
    auditReportVersion: 2,
    vulnerabilities: {
      ...(high + critical === 0 ? {} : { koa: { name: "koa", severity: high > 0 ? "high" : "critical" } }),
      ...(moderate === 0 ? {} : { qs: { name: "qs", severity: "moderate" } }),
    },
    metadata: {
      vulnerabilities: { info: 0, low: 0, moderate, high, critical, total: high + critical + moderate },
    },
  });

describe("the audit of the packages", () => {
  test("is clean with lesser findings", () => {
    expect(readAudit(report(0, 0, 1))).toEqual({ kind: "CLEAN", lesser: 1 });
  });

  test.each([
    [1, 0, "koa (high)"],
    [0, 1, "koa (critical)"],
  ])("names what is high or critical, and only that", (high, critical, name) => {
    expect(readAudit(report(high, critical, 1))).toEqual({ kind: "FINDINGS", packages: [name] });
  });

  test.each([
    ["nothing", "", "npm gave no report"],
    ["a page", "<html>", "npm gave no report"],
    ["an empty object", "{}", "npm gave no report"],
    ["a refusal", '{"message":"405 Method Not Allowed","error":{"summary":""}}', "405 Method Not Allowed"],
    ["a failure", '{"error":{"code":"ENOAUDIT","summary":"no endpoint"}}', "no endpoint"],
  ])("that gives %s is said not to be done, and never taken for clean", (_what, output, why) => {
    expect(readAudit(output)).toEqual({ kind: "NOT_DONE", why });
  });
});
