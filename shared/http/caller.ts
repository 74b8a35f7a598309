import * as z from "zod/mini";
import { inOneWidth, normaliseCode } from "../domain/identifiers.ts";

export const roles = ["hospital", "enterprise", "finance", "agency", "auditor"] as const;
export type Role = (typeof roles)[number];

/** Roles of the people of the district's agency and its offices; all others are institutions that it has stated. */
const agencyRoles = ["finance", "agency", "auditor"] as const satisfies readonly Role[];
type AgencyRole = (typeof agencyRoles)[number];

export const isOfAgency = (role: Role): role is AgencyRole => agencyRoles.some((each) => each === role);

/** Who calls: what the gateway verified, parsed once more. */
export interface Caller {
  /** The token's subject: a person or a system, as the issuer calls it. */
  readonly who: string;
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
/** OpenID Connect Core 1.0, section 2: at most 255 ASCII characters. */
export const TOKEN_SUBJECT = /^[\x21-\x7e]{1,255}$/;

const KnownCaller = z.object({
  who: z.string().check(z.regex(TOKEN_SUBJECT)),
  role: z.enum(roles),
  institution: z.string().check(inOneWidth, z.regex(/^[A-Za-z0-9_.:-]{1,64}$/)),
});

/**
 * The caller that a token's claims name; undefined where they name none. Some issuers leave `sub` out of what a
 * client gets for itself, where RFC 9068 (section 2.2) wants it: `client_id` says as much.
 */
export function findCaller(claims: unknown, names = standardClaimNames): Caller | undefined {
  const all = Claims.safeParse(claims).data ?? {};
  const { sub: who = all.client_id, [names.role]: role, [names.institution]: institution } = all;
  const caller = KnownCaller.safeParse({ who, role, institution }).data;
  // Codes of hospitals and employers are one in any letter case; the agency's own are as it configured them.
  if (caller === undefined || isOfAgency(caller.role)) return caller;
  return { ...caller, institution: normaliseCode(caller.institution) };
}
