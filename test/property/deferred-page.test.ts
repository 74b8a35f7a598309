import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DeferredClaim } from "../../shared/domain/reports/deferred-claim.ts";
import { toDeferredClaim } from "../../shared/domain/reports/deferred-claim.ts";
import {
  DEFERRED_START,
  type DeferredPlace,
  MAX_SHOWN_FIRST,
  pageOfDeferred,
} from "../../shared/domain/reports/deferred-page.ts";
import { makeCase, makeStanding, makeVisit, toDay, toInstant } from "../support/builders.ts";

const today = toDay("2026-06-01");

interface Waiting {
  readonly id: number;
  /** Day of May on which it was deferred. */
  readonly since: number;
  /** Day of March on which its case was accepted; 0 while it is not. */
  readonly accepted: number;
}

const claimOf = ({ id, since, accepted }: Waiting): DeferredClaim => {
  const two = (number: number): string => String(number).padStart(2, "0");
  const visit = makeVisit({
    visitId: `V${String((id * 7_919) % 100_003).padStart(20, "0")}`,
    status: "DEFERRED",
    standing: [makeStanding({ kind: "DEFERRED", at: toInstant(`2026-05-${two(since)}T08:00:00+08:00`) })],
  });
  const acceptedOn = accepted === 0 ? {} : { acceptedOn: `2026-03-${two(accepted)}` };
  return toDeferredClaim(visit, makeCase({ status: "ACCEPTED", ...acceptedOn }), {}, today);
};

const waiting = fc.record({ since: fc.integer({ min: 1, max: 9 }), accepted: fc.constantFrom(0, 1, 5, 9) });
/** What happens between two pages: one comes, one goes, or the time of one is stated anew. */
const deed = fc.record({
  kind: fc.constantFrom("COME", "GO", "STATE"),
  pick: fc.nat(100),
  accepted: fc.constantFrom(0, 1, 5, 9),
});

function readAll(start: readonly Omit<Waiting, "id">[], limit: number, between: (claims: Waiting[]) => void) {
  const claims = start.map((each, id) => ({ ...each, id }));
  const shown: DeferredClaim[] = [];
  let place: DeferredPlace | undefined = DEFERRED_START;
  while (place !== undefined) {
    const { page, next }: ReturnType<typeof pageOfDeferred> = pageOfDeferred(
      claims.map(claimOf),
      place,
      limit,
    );
    if (next !== undefined) expect(page).toHaveLength(limit);
    shown.push(...page);
    place = next;
    if (next !== undefined) between(claims);
  }
  return shown;
}

const idsOf = (claims: readonly DeferredClaim[]): string[] => claims.map(({ visit }) => visit.visitId);

describe("claims that wait, page by page", () => {
  it("are each seen once that waited all along, whatever becomes of others and of their legal times in between", () => {
    fc.assert(
      fc.property(
        fc.array(waiting, { maxLength: 12 }),
        fc.integer({ min: 1, max: 4 }),
        fc.array(deed, { maxLength: 30 }),
        (start, limit, deeds) => {
          const gone = new Set<string>();
          const left = [...deeds];
          let made = start.length;
          const shown = readAll(start, limit, (claims) => {
            for (const { kind, pick, accepted } of left.splice(0, 2)) {
              const place = pick % Math.max(1, claims.length);
              const found = claims[place];
              if (kind === "COME") claims.push({ id: made++, since: 1 + (pick % 9), accepted });
              else if (found !== undefined && kind === "GO")
                for (const each of claims.splice(place, 1)) gone.add(claimOf(each).visit.visitId);
              else if (found !== undefined) claims[place] = { ...found, accepted };
            }
          });
          const ids = idsOf(shown);
          expect(new Set(ids).size).toBe(ids.length);
          const always = start.map((each, id) => claimOf({ ...each, id }).visit.visitId);
          expect(always.filter((id) => !gone.has(id) && !ids.includes(id))).toEqual([]);
        },
      ),
      { numRuns: 300 },
    );
  });

  it("come with the overdue first, the longest past first, then by age, while nothing changes", () => {
    fc.assert(
      fc.property(fc.array(waiting, { maxLength: 12 }), fc.integer({ min: 1, max: 5 }), (start, limit) => {
        const shown = readAll(start, limit, () => undefined);
        const order = shown.map(({ isOverdue, dueOn, deferredOn, visit }) =>
          [isOverdue ? `0 ${dueOn}` : "1", deferredOn, visit.visitId].join(" "),
        );
        expect(order).toEqual(order.toSorted());
        expect(shown).toHaveLength(start.length);
      }),
    );
  });

  it("have room for so many overdue ones in front; the rest of them come by age, and none is lost", () => {
    const many = Array.from({ length: MAX_SHOWN_FIRST + 3 }, (_, id) => ({
      since: 1 + (id % 9),
      accepted: 1 + (id % 5),
    }));
    const shown = readAll([{ since: 1, accepted: 0 }, ...many], 100, () => undefined);
    expect(new Set(idsOf(shown)).size).toBe(many.length + 1);
    expect(shown.slice(0, MAX_SHOWN_FIRST).every(({ isOverdue }) => isOverdue)).toBe(true);
    expect(shown[MAX_SHOWN_FIRST]?.isOverdue).toBe(false);
  });
});
