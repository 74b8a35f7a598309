import * as z from "zod/mini";

const Report = z.object({
  metadata: z.object({
    vulnerabilities: z.object({ high: z.number(), critical: z.number(), total: z.number() }),
  }),
  vulnerabilities: z.record(z.string(), z.object({ severity: z.string() })),
});
const Refused = z.object({
  message: z.optional(z.string()),
  error: z.optional(z.object({ summary: z.string() })),
});

export type AuditVerdict =
  | { readonly kind: "CLEAN"; readonly lesser: number }
  | { readonly kind: "FINDINGS"; readonly packages: readonly string[] }
  /** Nothing is known: the registry did not answer, or not with a report. */
  | { readonly kind: "NOT_DONE"; readonly why: string };

const SERIOUS = new Set(["high", "critical"]);

/** What the output of `npm audit --json` says. What is no report is never taken for a clean one. */
export function readAudit(output: string): AuditVerdict {
  let value: unknown;
  try {
    value = JSON.parse(output);
  } catch {
    return { kind: "NOT_DONE", why: "npm gave no report" };
  }
  const report = Report.safeParse(value);
  if (!report.success) {
    const { message, error } = Refused.safeParse(value).data ?? {};
    return { kind: "NOT_DONE", why: message ?? error?.summary ?? "npm gave no report" };
  }
  const { metadata, vulnerabilities } = report.data;
  const { high, critical, total } = metadata.vulnerabilities;
  if (high + critical === 0) return { kind: "CLEAN", lesser: total };
  const packages = Object.entries(vulnerabilities)
    .filter(([, { severity }]) => SERIOUS.has(severity))
    .map(([name, { severity }]) => `${name} (${severity})`);
  return { kind: "FINDINGS", packages };
}
