import { formatYuan } from "../../shared/domain/money.ts";
import { groupDeferred, sortDeferred } from "../../shared/domain/reports/deferred-claim.ts";
import { answerWith, type CallOf, type Outcome } from "../bind.ts";
import { fromCursor, toCursor } from "../cursor.ts";
import { loadDeferredClaims } from "../deferred/load-deferred-claims.ts";
import type { Services } from "../services.ts";
import type { financeOperations } from "./operations.ts";

type Call = CallOf<typeof financeOperations.listDeferredClaims>;

/** What hangs: claims that wait for a decision, those past their legal time first, with sums of all of them. */
export const listDeferredClaims =
  (services: Pick<Services, "db" | "references" | "now">) =>
  async ({ query }: Call): Outcome => {
    const place =
      query.cursor === undefined ? { ok: true as const, value: "0" } : fromCursor(query.cursor, /^\d{1,6}$/);
    if (!place.ok) return place;
    const claims = sortDeferred(await loadDeferredClaims(services));
    const start = Number(place.value);
    const end = start + query.limit;
    const items = claims.slice(start, end).map(({ visit, ...claim }) => ({
      ...claim,
      visitId: visit.visitId,
      caseNo: visit.caseNo,
      hospitalCode: visit.hospitalCode,
      employerUscc: visit.employerUscc,
      worker: { name: visit.maskedName },
      blockedBy: visit.blockedBy,
      takenBack: visit.takenBack,
      total: formatYuan(claim.total),
      fund: formatYuan(claim.fund),
    }));
    const groups = groupDeferred(claims, query.groupBy).map((group) => ({
      ...group,
      total: formatYuan(group.total),
      fund: formatYuan(group.fund),
    }));
    return answerWith({ items, groups, nextCursor: end < claims.length ? toCursor(String(end)) : null });
  };
