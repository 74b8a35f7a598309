import * as z from "zod/mini";

export const roles = ["hospital", "enterprise", "finance", "agency", "auditor"] as const;
export type Role = (typeof roles)[number];

/** Who calls: what the gateway verified, parsed once more. */
export interface Caller {
  readonly role: Role;
  /** Hospital code, or the uscc of an enterprise, or the agency's own code. */
  readonly institution: string;
}

const Claims = z.object({
  role: z.enum(roles),
  institution: z.string().check(z.regex(/^[A-Za-z0-9_.:-]{1,64}$/)),
});

/** The caller that a token's claims name; undefined where they name none. */
export function findCaller(claims: unknown): Caller | undefined {
  const parsed = Claims.safeParse(claims);
  return parsed.success ? parsed.data : undefined;
}
