import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, dayOf, daysBetween, instantOf } from "../../../../shared/domain/dates.ts";
import {
  areAtOdds,
  findBedHolder,
  findNextStay,
  findStayAtOdds,
  placeStay,
  type Stay,
  type Stays,
  toStay,
} from "../../../../shared/domain/visits/stays.ts";
import { makeVisit } from "../../../support/builders.ts";

const at = (text: string) => instantOf(Date.parse(`2026-${text}:00+08:00`));
const stay = (visitId: string, admitted: string, discharged?: string): Stay => ({
  visitId,
  hospitalCode: "H33030400001",
  admittedAt: at(admitted),
  ...(discharged === undefined ? {} : { dischargedAt: at(discharged) }),
});
const first = stay("A", "03-01T08:00", "03-05T15:00");

describe("two stays of a worker", () => {
  it("may meet on the day of a transfer, on both sides, whatever the hours", () => {
    expect(areAtOdds(first, stay("B", "03-05T09:00", "03-08T10:00"))).toBe(false);
    expect(areAtOdds(first, stay("B", "02-20T09:00", "03-01T20:00"))).toBe(false);
    expect(areAtOdds(first, stay("B", "03-05T09:00"))).toBe(false);
  });

  it("may not share a night, nor lie one within the other", () => {
    expect(areAtOdds(first, stay("B", "03-04T09:00", "03-08T10:00"))).toBe(true);
    expect(areAtOdds(first, stay("B", "02-20T09:00", "03-02T20:00"))).toBe(true);
    expect(areAtOdds(first, stay("B", "03-03T09:00", "03-03T20:00"))).toBe(true);
    expect(areAtOdds(first, stay("B", "02-20T09:00", "03-20T20:00"))).toBe(true);
  });

  it("may not begin one within the other; one that began earlier may, as long as nobody knows when it ends", () => {
    expect(areAtOdds(first, stay("B", "03-03T09:00"))).toBe(true);
    expect(areAtOdds(stay("B", "03-03T09:00"), first)).toBe(true);
    expect(areAtOdds(first, stay("B", "03-01T09:00"))).toBe(true);
    expect(areAtOdds(first, stay("B", "03-01T07:00"))).toBe(false);
    expect(areAtOdds(stay("B", "02-20T09:00"), first)).toBe(false);
  });

  it("may not both be open", () => {
    expect(areAtOdds(stay("A", "03-01T08:00"), stay("B", "05-01T08:00"))).toBe(true);
  });
});

describe("a stay among the worker's others", () => {
  it("takes the place of what was known of it, in the order of admission", () => {
    const later = stay("B", "03-10T08:00", "03-12T08:00");
    const placed = placeStay([later], stay("A", "03-01T08:00"));
    expect(placed?.map(({ visitId }) => visitId)).toEqual(["A", "B"]);
    expect(placeStay(placed ?? [], first)).toEqual([first, later]);
    expect(placeStay([first, later], stay("A", "03-01T08:00", "03-11T08:00"))).toBeUndefined();
  });

  it("leaves the meal of a shared first day to the one that was over first", () => {
    const short = stay("A", "03-05T08:00", "03-05T12:00");
    const long = stay("B", "03-05T14:00", "03-08T12:00");
    expect(placeStay([short], long)).toEqual([short, { ...long, isFirstMealElsewhere: true }]);
    expect(placeStay([long], short)).toEqual([{ ...short, isFirstMealElsewhere: true }, long]);
    const another = stay("C", "03-05T18:00", "03-05T19:00");
    const shared = [short, { ...long, isFirstMealElsewhere: true }];
    expect(placeStay(shared, another)?.at(-1)).toEqual({ ...another, isFirstMealElsewhere: true });
    // Who has it goes on having it when the other is told anew.
    expect(placeStay(shared, short)).toContainEqual(short);
  });

  it("is among the latest 500 that are remembered, whenever it was; an open one is never forgotten", () => {
    const many: Stays = Array.from({ length: 500 }, (_, index) => {
      const on = addDays(dayOf(at("03-01T08:00")), index);
      const admittedAt = instantOf(Date.parse(`${on}T08:00:00+08:00`));
      return { visitId: `V${index}`, hospitalCode: "H", admittedAt, dischargedAt: admittedAt };
    });
    const late = stay("A", "01-01T08:00");
    const placed = placeStay(many, late);
    expect(placed).toHaveLength(501);
    expect(placed?.[0]).toEqual({ ...late, countsUntil: "2026-03-01" });
    const ended = placeStay(placed ?? [], stay("A", "01-01T08:00", "01-02T08:00"));
    expect(ended).toHaveLength(501);
    const newest = stay("B", "12-31T08:00", "12-31T09:00");
    expect(placeStay(ended ?? [], newest)).toHaveLength(500);
  });

  it("is known from its visit", () => {
    const visit = makeVisit({ dischargedAt: at("03-09T15:00") });
    expect(toStay(visit)).toEqual({
      visitId: visit.visitId,
      hospitalCode: visit.hospitalCode,
      admittedAt: visit.admittedAt,
      dischargedAt: visit.dischargedAt,
    });
    expect(toStay(makeVisit())).not.toHaveProperty("dischargedAt");
    expect(toStay(makeVisit())).not.toHaveProperty("bedReleasedAt");
    const freed = { bedReleasedAt: at("03-06T08:00"), settledUntil: dayOf(at("03-05T08:00")) };
    expect(toStay(makeVisit(freed))).toMatchObject(freed);
  });
});

describe("a stay whose bed was freed", () => {
  const freed = (visitId: string, admitted: string, discharged?: string): Stay => ({
    ...stay(visitId, admitted, discharged),
    bedReleasedAt: at("03-20T10:00"),
  });
  const open = freed("A", "03-01T08:00");
  const next = stay("B", "03-10T08:00", "03-12T10:00");

  it("is in nobody's way while it is open, and names who is in another's way", () => {
    expect(areAtOdds(open, stay("B", "03-10T08:00"))).toBe(false);
    expect(areAtOdds(stay("B", "02-10T08:00", "03-12T10:00"), open)).toBe(false);
    expect(areAtOdds(open, freed("B", "03-10T08:00"))).toBe(false);
    expect(findStayAtOdds([open, stay("B", "03-10T08:00")], stay("C", "03-15T08:00"))?.visitId).toBe("B");
    expect(findStayAtOdds([open], open)).toBeUndefined();
  });

  it("has its days up to its discharge, its release, or the first day of whoever came after", () => {
    const untilOf = (stays: Stays, discharged: string) =>
      placeStay(stays, freed("A", "03-01T08:00", discharged))?.find(({ visitId }) => visitId === "A")
        ?.countsUntil;
    expect(untilOf([open, next], "03-04T10:00")).toBe("2026-03-04");
    expect(untilOf([open], "03-25T10:00")).toBe("2026-03-20");
    expect(untilOf([open, next], "03-25T10:00")).toBe("2026-03-10");
    expect(untilOf([open, stay("B", "03-10T08:00")], "03-25T10:00")).toBe("2026-03-10");
    expect(untilOf([open, stay("B", "02-20T08:00", "03-01T09:00")], "03-04T10:00")).toBe("2026-03-04");
  });

  it("keeps the days that it has from its discharge on", () => {
    const placed = placeStay([open, next], freed("A", "03-01T08:00", "03-25T10:00")) ?? [];
    expect(placeStay(placed, stay("C", "03-05T08:00"))).toBeUndefined();
    expect(placeStay(placed, stay("C", "03-12T08:00"))).toBeDefined();
  });

  it("has none where another one has all of them, which may be told anew as it likes", () => {
    const around = stay("B", "03-01T08:00", "03-12T10:00");
    const placed = placeStay([open, around], freed("A", "03-01T08:00", "03-05T10:00")) ?? [];
    expect(placed.find(({ visitId }) => visitId === "A")).toMatchObject({
      countsUntil: "2026-03-01",
      isFirstMealElsewhere: true,
    });
    // The day of a transfer is in both.
    expect(placeStay(placed, stay("C", "02-25T08:00", "03-01T10:00"))).toBeDefined();
    expect(placeStay(placed, stay("C", "03-12T10:00", "03-13T10:00"))).toBeDefined();
    const earlier = stay("B", "02-25T08:00", "03-12T10:00");
    const without = placeStay([open, earlier], freed("A", "03-01T08:00", "03-05T10:00")) ?? [];
    expect(without).toContainEqual(expect.objectContaining({ visitId: "A", countsUntil: "2026-02-28" }));
    expect(placeStay(without, stay("B", "02-25T08:00", "03-09T10:00"))).toBeDefined();
    const later = freed("C", "03-01T09:00", "03-05T10:00");
    expect(placeStay(placed, later)).toContainEqual(expect.objectContaining({ countsUntil: "2026-03-01" }));
  });
});

it("the stay that holds the bed is the one that is neither over nor freed", () => {
  const freed = { ...stay("B", "03-06T08:00"), bedReleasedAt: at("03-20T10:00") };
  const open = stay("C", "03-07T08:00");
  expect(findBedHolder([first, freed, open])).toBe(open);
  expect(findBedHolder([first, freed])).toBeUndefined();
});

describe("the days of an open stay", () => {
  const later = stay("B", "03-05T08:00", "03-09T10:00");
  const untilOf = (others: Stays, open: Stay) =>
    placeStay(others, open)?.find(({ visitId }) => visitId === open.visitId)?.countsUntil;

  it("end where the next one of the worker begins, of those that began later", () => {
    const much = stay("C", "03-20T08:00", "03-21T10:00");
    expect(untilOf([much, later], stay("A", "03-02T08:00"))).toBe("2026-03-05");
    expect(findNextStay([much, later], stay("A", "03-02T08:00"))).toBe(later);
    expect(untilOf([later], stay("A", "03-05T07:00"))).toBe("2026-03-05");
    expect(untilOf([later], stay("A", "03-09T11:00"))).toBeUndefined();
    expect(untilOf([stay("B", "03-05T08:00", "03-05T10:00")], stay("A", "03-05T07:00"))).toBeUndefined();
    expect(untilOf([stay("B", "03-05T08:00", "03-05T10:00")], stay("A", "03-04T07:00"))).toBe("2026-03-05");
  });

  it("do not end at a stay whose bed was freed, but for the days that were settled by then: those no other one has", () => {
    const freed = { ...stay("B", "03-05T08:00"), bedReleasedAt: at("03-20T10:00") };
    const settled = { ...freed, settledUntil: dayOf(at("03-08T08:00")) };
    expect(untilOf([freed], stay("A", "03-02T08:00"))).toBeUndefined();
    expect(untilOf([settled], stay("A", "03-02T08:00"))).toBe("2026-03-05");
    expect(areAtOdds(settled, stay("A", "03-07T08:00"))).toBe(true);
    expect(areAtOdds(settled, stay("A", "03-08T08:00"))).toBe(false);
    expect(areAtOdds(stay("A", "03-02T08:00", "03-06T08:00"), settled)).toBe(true);
    const around = stay("A", "03-01T08:00", "03-12T08:00");
    const over = { ...settled, dischargedAt: at("03-10T08:00") };
    expect(placeStay([around], over)).toBeUndefined();
    expect(placeStay([settled], over)).toContainEqual({ ...over, countsUntil: "2026-03-10" });
  });
});

it("whatever stays are placed one after the other, no night and no day's meal is in two of them", () => {
  const drawn = fc.record({
    ...{ from: fc.integer({ min: 0, max: 20 }), nights: fc.integer({ min: 0, max: 6 }) },
    /** After how many days its bed was freed, while it was open; not at all where undefined. */
    freed: fc.option(fc.integer({ min: 0, max: 8 }), { nil: undefined }),
    /** Whether it is discharged only after all others were. */
    isForgotten: fc.boolean(),
  });
  const hour = 3_600_000;
  const start = Date.parse("2026-03-01T08:00:00+08:00");
  fc.assert(
    fc.property(fc.array(drawn, { maxLength: 12 }), (all) => {
      let stays: Stays = [];
      const place = (each: Stay) => {
        const placed = placeStay(stays, each);
        stays = placed ?? stays;
        return placed !== undefined;
      };
      const ends: (() => boolean)[] = [];
      for (const [index, { from, nights, freed, isForgotten }] of all.entries()) {
        const day = (after: number, hours: number) =>
          instantOf(start + (from + after) * 24 * hour + hours * hour + index * 60_000);
        const opened: Stay = { visitId: `V${index}`, hospitalCode: "H", admittedAt: day(0, 0) };
        const left = { ...opened, dischargedAt: day(nights, 4) };
        if (freed === undefined) place(left);
        else if (place({ ...opened, bedReleasedAt: day(freed, 5) })) {
          const end = () => place({ ...left, bedReleasedAt: day(freed, 5) });
          if (isForgotten) ends.push(end);
          // Its hospital can always end it, whatever the others are.
          else expect(end()).toBe(true);
        }
      }
      for (const end of ends) expect(end()).toBe(true);
      const meals = stays.flatMap(
        ({ admittedAt, dischargedAt = admittedAt, countsUntil, isFirstMealElsewhere }) => {
          const days = daysBetween(dayOf(admittedAt), countsUntil ?? dayOf(dischargedAt));
          if (days < 0) return [];
          const paid = Array.from({ length: Math.max(1, days) }, (_, n) => addDays(dayOf(admittedAt), n));
          return isFirstMealElsewhere === true ? paid.slice(1) : paid;
        },
      );
      expect(new Set(meals).size).toBe(meals.length);
    }),
  );
});
