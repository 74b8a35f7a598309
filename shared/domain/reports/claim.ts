import { type Amounts, addAmounts, NO_AMOUNTS } from "../amounts.ts";
import { settledAmounts, type Visit } from "../visits/visit.ts";

export interface ClaimGroup extends Amounts {
  readonly key: string;
  readonly count: number;
}

export const claimGroupings = ["status", "month"] as const;
export type ClaimGrouping = (typeof claimGroupings)[number];

const keyOf = (claim: Visit, groupBy: ClaimGrouping): string =>
  groupBy === "status" ? claim.status : claim.admittedAt.slice(0, 7);

/**
 * Claims and what was settled of them, by status or by month of admission, added to what earlier ones came to; rows
 * sorted by key.
 */
export function summariseClaims(
  claims: Iterable<Visit>,
  groupBy: ClaimGrouping,
  earlier: readonly ClaimGroup[] = [],
): ClaimGroup[] {
  const groups = new Map(earlier.map((group) => [group.key, group]));
  for (const claim of claims) {
    const key = keyOf(claim, groupBy);
    const group = groups.get(key) ?? { key, count: 0, ...NO_AMOUNTS };
    const sums = addAmounts(group, settledAmounts(claim) ?? NO_AMOUNTS);
    groups.set(key, { key, count: group.count + 1, ...sums });
  }
  return [...groups.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}
