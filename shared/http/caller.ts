import * as z from "zod/mini";

export const roles = ["hospital", "enterprise", "finance", "agency", "auditor"] as const;
export type Role = (typeof roles)[number];

/** Who calls: what the gateway verified, parsed once more. */
export interface Caller {
  readonly role: Role;
  /** Hospital code, or the uscc of an enterprise, or the agency's own code. */
  readonly institution: string;
}

/** What an issuer calls the two claims that the service goes by. */
export interface ClaimNames {
  readonly role: string;
  readonly institution: string;
}

export const standardClaimNames: ClaimNames = { role: "role", institution: "institution" };

const Claims = z.record(z.string(), z.unknown());
const KnownCaller = z.object({
  role: z.enum(roles),
  institution: z.string().check(z.regex(/^[A-Za-z0-9_.:-]{1,64}$/)),
});

/** The caller that a token's claims name; undefined where they name none. */
export function findCaller(claims: unknown, names = standardClaimNames): Caller | undefined {
  const all = Claims.safeParse(claims).data ?? {};
  return KnownCaller.safeParse({ role: all[names.role], institution: all[names.institution] }).data;
}
