import type { DeferredClaim } from "./deferred-claim.ts";

/**
 * A claim's place by age: day of deferral and visit. It stays the claim's for as long as it waits, whatever is stated of its
 * case meanwhile.
 */
const ageOrderOf = ({ visit, deferredOn }: DeferredClaim): string => `${deferredOn}#${visit.visitId}`;

/** A claim's place among those past their legal time, the longest past first. A statement of its case may move it. */
const overdueOrderOf = (claim: DeferredClaim): string => [claim.dueOn, ageOrderOf(claim)].join("#");

const sortedBy = (claims: readonly DeferredClaim[], orderOf: (claim: DeferredClaim) => string) =>
  claims.toSorted((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));

/** Where a listing of deferred claims has come to. */
export interface DeferredPlace {
  /** Marks of the claims that were shown first, because they were past their legal time. */
  readonly shownFirst: readonly string[];
  /** Place by age of the claim that was shown last of the others; empty before them. */
  readonly after: string;
}

export const DEFERRED_START: DeferredPlace = { shownFirst: [], after: "" };

/** As many claims past their legal time are shown first: the rest of them by age, among the others. */
export const MAX_SHOWN_FIRST = 200;
/** Letters of a mark: 50 bits of chance, so that two claims that wait never have the same. */
export const MARK_LENGTH = 10;

/** The end of the visit's id. */
const markOf = ({ visit }: DeferredClaim): string => visit.visitId.slice(-MARK_LENGTH);

export interface DeferredPage {
  readonly page: readonly DeferredClaim[];
  /** Where to go on; absent on the last page. */
  readonly next?: DeferredPlace;
}

/**
 * The next page of the claims that wait: those past their legal time first, then by age. Which ones were shown first is
 * remembered by their marks: whether a claim is past its time changes with every statement of its case, and it would be shown
 * twice or never otherwise.
 */
export function pageOfDeferred(
  claims: readonly DeferredClaim[],
  { shownFirst, after }: DeferredPlace,
  limit: number,
): DeferredPage {
  const shown = new Set(shownFirst);
  const left = claims.filter((claim) => ageOrderOf(claim) > after && !shown.has(markOf(claim)));
  const room = after === "" ? MAX_SHOWN_FIRST - shownFirst.length : 0;
  const overdue = left.filter(({ isOverdue }) => isOverdue);
  const first = new Set(sortedBy(overdue, overdueOrderOf).slice(0, room));
  const others = left.filter((claim) => !first.has(claim));
  const page = [...first, ...sortedBy(others, ageOrderOf)].slice(0, limit);
  if (page.length === left.length) return { page };
  const marks = page.filter((claim) => first.has(claim)).map(markOf);
  const last = page.slice(marks.length).at(-1);
  return {
    page,
    next: { shownFirst: [...shownFirst, ...marks], after: last === undefined ? "" : ageOrderOf(last) },
  };
}
