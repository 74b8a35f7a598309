import { formatAllocation } from "../../shared/domain/bearers.ts";
import { formatYuan } from "../../shared/domain/money.ts";
import { type ClaimGroup, summariseClaims as summarise } from "../../shared/domain/reports/claim.ts";
import { readClaims } from "../../shared/store/visits/claim-store.ts";
import { answerWith, type CallOf, type Outcome } from "../kit/bind.ts";
import type { Services } from "../kit/services.ts";
import type { summariseClaimsContract } from "./summarise-claims.contract.ts";

type Call = CallOf<typeof summariseClaimsContract>;

const PAGE = 1_000;

/** Sums up an employer's claims by status or month of admission, page after page of its own index. */
export const summariseClaims =
  (services: Pick<Services, "db">) =>
  async ({ caller, query, signal }: Call): Outcome => {
    const db = { ...services.db, signal };
    const { from, to, groupBy } = query;
    let groups: readonly ClaimGroup[] = [];
    let after: string | undefined;
    do {
      const page = await readClaims(db, { employerUscc: caller.institution, from, to }, PAGE, after);
      groups = summarise(page.claims, groupBy, groups);
      after = page.next;
    } while (after !== undefined);
    const rows = groups.map((group) => ({
      ...group,
      total: formatYuan(group.total),
      allocation: formatAllocation(group.allocation),
    }));
    return answerWith({ from, to, groupBy, rows });
  };
