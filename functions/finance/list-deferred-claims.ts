import { day } from "../../shared/domain/dates.ts";
import { formatYuan } from "../../shared/domain/money.ts";
import { deferredOrderOf, groupDeferred, sortDeferred } from "../../shared/domain/reports/deferred-claim.ts";
import { answerWith, type CallOf, type Outcome } from "../bind.ts";
import { dayAnd, readPlace, toCursor } from "../cursor.ts";
import { loadDeferredClaims } from "../deferred/load-deferred-claims.ts";
import type { Services } from "../services.ts";
import type { financeOperations } from "./operations.ts";

type Call = CallOf<typeof financeOperations.listDeferredClaims>;

/** The day that the first page was of, so that midnight moves nothing, and the claim that was shown last. */
const isDeferredPlace = dayAnd(/^#(0#\d{4}-\d{2}-\d{2}|1)#\d{4}-\d{2}-\d{2}#V[0-9A-Z]{20}$/);

/** Deferred claims, which wait for a decision: those past their legal time first, with sums of all of them. */
export const listDeferredClaims =
  (services: Pick<Services, "db" | "references" | "now">) =>
  async ({ query, timeOver }: Call): Outcome => {
    const place = readPlace(query.cursor, isDeferredPlace);
    if (!place.ok) return place;
    const db = { ...services.db, timeOver };
    const today = day((place.value ?? services.now()).slice(0, 10));
    const claims = sortDeferred(await loadDeferredClaims({ ...services, db }, today));
    const after = place.value?.slice(today.length + 1) ?? "";
    const left = claims.filter((claim) => deferredOrderOf(claim) > after);
    const page = left.slice(0, query.limit);
    const last = page.at(-1);
    const items = page.map(({ visit, ...claim }) => ({
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
    const nextCursor =
      last === undefined || left.length <= query.limit ? null : toCursor(`${today}#${deferredOrderOf(last)}`);
    const groups = groupDeferred(claims, query.groupBy).map((group) => ({
      ...group,
      total: formatYuan(group.total),
      fund: formatYuan(group.fund),
    }));
    return answerWith({ items, groups, nextCursor });
  };
