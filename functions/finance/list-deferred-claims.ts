import { formatYuan } from "../../shared/domain/money.ts";
import { groupDeferred, sortDeferred } from "../../shared/domain/reports/deferred-claim.ts";
import { answerWith, type CallOf, type Outcome } from "../bind.ts";
import { readPosition, toCursor } from "../cursor.ts";
import { loadDeferredClaims } from "../deferred/load-deferred-claims.ts";
import type { Services } from "../services.ts";
import type { financeOperations } from "./operations.ts";

type Call = CallOf<typeof financeOperations.listDeferredClaims>;

/** Deferred claims, which wait for a decision: those past their legal time first, with sums of all of them. */
export const listDeferredClaims =
  (services: Pick<Services, "db" | "references" | "now">) =>
  async ({ query, timeOver }: Call): Outcome => {
    const position = readPosition(query.cursor);
    if (!position.ok) return position;
    const db = { ...services.db, timeOver };
    const claims = sortDeferred(await loadDeferredClaims({ ...services, db }));
    const start = position.value;
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
