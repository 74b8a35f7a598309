import { dayOf } from "../../shared/domain/dates.ts";
import { formatYuan } from "../../shared/domain/money.ts";
import { groupDeferred } from "../../shared/domain/reports/deferred-claim.ts";
import {
  DEFERRED_START,
  type DeferredPlace,
  MARK_LENGTH,
  MAX_SHOWN_FIRST,
  pageOfDeferred,
} from "../../shared/domain/reports/deferred-page.ts";
import { answerWith, type CallOf, type Outcome } from "../kit/bind.ts";
import { dayAnd, readPlace, toCursor } from "../kit/cursor.ts";
import type { Services } from "../kit/services.ts";
import type { listDeferredClaimsContract } from "./list-deferred-claims.contract.ts";
import { loadDeferredClaims } from "./load-deferred-claims.ts";

type Call = CallOf<typeof listDeferredClaimsContract>;

const isAgePlace = dayAnd(/^#V[0-9A-Z]{20}$/);

/** `after!marks`: the place by age of the claim that was shown last, if any was, and the marks of those that were shown first. */
const toPlaceText = ({ shownFirst, after }: DeferredPlace): string => `${after}!${shownFirst.join("")}`;

function toPlace(text: string): DeferredPlace {
  const [after = "", marks = ""] = text.split("!");
  const count = Math.ceil(marks.length / MARK_LENGTH);
  const shownFirst = Array.from({ length: count }, (_, place) =>
    marks.slice(place * MARK_LENGTH, (place + 1) * MARK_LENGTH),
  );
  return { after, shownFirst };
}

function isDeferredPlace(text: string): boolean {
  const { shownFirst, after } = toPlace(text);
  return (
    (after === "" || isAgePlace(after)) &&
    shownFirst.length <= MAX_SHOWN_FIRST &&
    shownFirst.every((mark) => mark.length === MARK_LENGTH && /^[0-9A-Z]+$/.test(mark)) &&
    toPlaceText({ shownFirst, after }) === text
  );
}

/** Deferred claims, which wait for a decision: those past their legal time first, with sums of all of them. */
export const listDeferredClaims =
  (services: Pick<Services, "db" | "references" | "now">) =>
  async (call: Call): Outcome => {
    const { query } = call;
    const place = readPlace(call, isDeferredPlace);
    if (!place.ok) return place;
    const db = { ...services.db, signal: call.signal };
    const claims = await loadDeferredClaims({ ...services, db }, dayOf(services.now()));
    const start = place.value === undefined ? DEFERRED_START : toPlace(place.value);
    const { page, next } = pageOfDeferred(claims, start, query.limit);
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
    const nextCursor = next === undefined ? null : toCursor(call, toPlaceText(next));
    const groups = groupDeferred(claims, query.groupBy).map((group) => ({
      ...group,
      total: formatYuan(group.total),
      fund: formatYuan(group.fund),
    }));
    return answerWith({ items, groups, nextCursor });
  };
