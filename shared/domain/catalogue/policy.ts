import * as z from "zod/mini";
import { Bearer } from "../bearers.ts";
import type { Day } from "../dates.ts";
import { Yuan } from "../money.ts";

const Days = z.int().check(z.minimum(1), z.maximum(3_650));

/** What differs by city is policy data: who bears what the fund does not (design.md section 4). */
export const PolicyTerms = z.strictObject({
  unrelatedBearer: Bearer,
  noEmployerNoticeBearer: Bearer,
  noConsentBearer: Bearer,
  overCapBearer: Bearer,
  overQuantityBearer: Bearer,
  releasedBearer: Bearer,
  mealAllowancePerDay: Yuan,
  /** Days within which a case is to be decided, the same where its facts are clear, and for the employer to apply. */
  decisionDays: z.optional(Days),
  clearDecisionDays: z.optional(Days),
  applicationDays: z.optional(Days),
  /** Day of the next month up to which a month is reconciled: what is cancelled later is reversed, not struck out. */
  monthClosesOn: z.optional(z.int().check(z.minimum(1), z.maximum(28))),
});
export type PolicyTerms = z.infer<typeof PolicyTerms>;

export interface Policy extends PolicyTerms {
  readonly effectiveFrom: Day;
}

/** The latest policy in force on the day of admission; undefined where none was. */
export function findPolicy(policies: readonly Policy[], admittedOn: Day): Policy | undefined {
  let latest: Policy | undefined;
  for (const policy of policies) {
    if (policy.effectiveFrom > admittedOn) continue;
    if (latest === undefined || policy.effectiveFrom > latest.effectiveFrom) latest = policy;
  }
  return latest;
}
