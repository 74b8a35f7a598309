import { describe, expect, it } from "vitest";
import type { ChargeLine } from "../../../../shared/domain/visits/charge-line.ts";
import {
  checkBillSize,
  checkLines,
  isOutsideVisit,
  lastServiceDay,
  limitsOf,
  revokeLines,
} from "../../../../shared/domain/visits/check-lines.ts";
import {
  makeLine,
  makeRefund,
  makeStanding,
  makeVisit,
  toDay,
  toInstant,
} from "../../../support/builders.ts";

/** Hurt on the 1st, admitted on the 5th. */
const limits = {
  injuredOn: toDay("2026-03-01"),
  admittedOn: toDay("2026-03-05"),
  settledCount: 0,
  latestOn: toDay("2026-12-31"),
};

/** `"0 amount LINE_AMOUNT_MISMATCH"`: which line, which field, what. */
const check = (lines: readonly ChargeLine[], earlier: readonly ChargeLine[] = []): string[] =>
  checkLines(lines, earlier, limits).map(
    ({ pointer, code }) => `${pointer.replace("/lines/", "").replace("/", " ")} ${code}`,
  );

describe("what the lines of an open visit are checked against", () => {
  it("are its days, what of it is settled, and the day that it is in Shanghai", () => {
    const visit = makeVisit({
      injuredOn: toDay("2026-03-01"),
      admittedAt: toInstant("2026-03-05T23:59:59+08:00"),
      standing: [makeStanding({ lineCount: 3 })],
    });
    expect(limitsOf(visit, toInstant("2026-03-09T17:00:00Z"))).toEqual({
      injuredOn: "2026-03-01",
      admittedOn: "2026-03-05",
      settledCount: 3,
      latestOn: "2026-03-10",
    });
  });
});

describe("a line's amount", () => {
  it("is its unit price times its quantity, rounded half up to the fen", () => {
    expect(check([makeLine({ unitPrice: "136.38", quantity: "1.7538", amount: "239.18" })])).toEqual([]);
    expect(check([makeLine({ unitPrice: "0.005", quantity: "1", amount: "0.01" })])).toEqual([]);
  });

  it.each(["239.17", "239.19", "0.00", "-239.18"])("is not %s where it should be 239.18", (amount) => {
    expect(check([makeLine({ unitPrice: "136.38", quantity: "1.7538", amount })])).toEqual([
      "0 amount LINE_AMOUNT_MISMATCH",
    ]);
  });

  it("may be nothing where the price is nothing or too small for a fen", () => {
    expect(check([makeLine({ unitPrice: "0" }), makeLine({ lineNo: "2", unitPrice: "0.001" })])).toEqual([]);
  });
});

describe("a line number", () => {
  it("stands once within a message", () => {
    expect(check([makeLine(), makeLine(), makeLine()])).toEqual([
      "1 lineNo LINE_NUMBER_TAKEN",
      "2 lineNo LINE_NUMBER_TAKEN",
    ]);
  });

  it("stands once within a visit", () => {
    expect(check([makeLine()], [makeLine()])).toEqual(["0 lineNo LINE_NUMBER_TAKEN"]);
  });

  it("of a refund is a line number like any other", () => {
    expect(check([makeRefund({ lineNo: "1" })], [makeLine()])).toEqual(["0 lineNo LINE_NUMBER_TAKEN"]);
    expect(check([makeLine({ lineNo: "1R" })], [makeLine(), makeRefund()])).toEqual([
      "0 lineNo LINE_NUMBER_TAKEN",
    ]);
  });
});

describe("a service day", () => {
  it("is not after the last day that can have been billed", () => {
    const line = makeLine({ serviceAt: "2027-01-01T00:00:00+08:00" });
    expect(check([line])).toEqual(["0 serviceAt DAY_IN_FUTURE"]);
    expect(check([makeLine({ serviceAt: "2026-12-31T23:59:59+08:00" })])).toEqual([]);
  });

  const on = (serviceAt: string) => makeLine({ serviceAt });

  it("may be the day of admission, and any time of it in Asia/Shanghai", () => {
    expect(check([on("2026-03-05T00:00:00+08:00")])).toEqual([]);
    expect(check([on("2026-03-04T16:00:00Z")])).toEqual([]);
  });

  it("is not before the admission", () => {
    expect(check([on("2026-03-04T23:59:59+08:00")])).toEqual(["0 serviceAt SERVICE_DATE_OUTSIDE_VISIT"]);
  });

  it("is not before the injury, whenever the worker was admitted", () => {
    const late = { injuredOn: toDay("2026-03-06"), admittedOn: toDay("2026-03-05") };
    expect(isOutsideVisit(on("2026-03-05T12:00:00+08:00"), late)).toBe(true);
    expect(isOutsideVisit(on("2026-03-06T00:00:00+08:00"), late)).toBe(false);
  });

  it("may be the day of discharge and is not after it", () => {
    const discharged = { ...limits, dischargedOn: toDay("2026-03-10") };
    expect(isOutsideVisit(on("2026-03-10T23:59:59+08:00"), discharged)).toBe(false);
    expect(isOutsideVisit(on("2026-03-11T00:00:00+08:00"), discharged)).toBe(true);
    expect(isOutsideVisit(on("2026-03-11T00:00:00+08:00"), limits)).toBe(false);
  });

  it("is none that another stay has after this one: its first is both's", () => {
    const until = { ...limits, countsUntil: toDay("2026-03-07") };
    const codes = (serviceAt: string) => checkLines([on(serviceAt)], [], until).map(({ code }) => code);
    expect(codes("2026-03-07T23:59:59+08:00")).toEqual([]);
    expect(codes("2026-03-08T00:00:00+08:00")).toEqual(["DAY_NOT_OF_STAY"]);
    const discharged = { ...until, dischargedOn: toDay("2026-03-07") };
    expect(checkLines([on("2026-03-08T00:00:00+08:00")], [], discharged).map(({ code }) => code)).toEqual([
      "SERVICE_DATE_OUTSIDE_VISIT",
    ]);
  });

  it("that is the last of a bill is known, whatever their order", () => {
    const lines = [on("2026-03-08T09:00:00+08:00"), on("2026-03-09T00:00:00+08:00"), makeLine()];
    expect(lastServiceDay(lines)).toBe("2026-03-09");
    expect(lastServiceDay([])).toBeUndefined();
  });

  it("of a refund is asked for as well", () => {
    const refund = makeRefund({ serviceAt: "2026-03-01T12:00:00+08:00" });
    expect(check([refund], [makeLine()])).toEqual(["0 serviceAt SERVICE_DATE_OUTSIDE_VISIT"]);
  });
});

describe("a refund", () => {
  const three = makeLine({ quantity: "3" });

  it("is good when it takes back a part or all of its line, at once or bit by bit", () => {
    expect(check([makeRefund()], [three])).toEqual([]);
    expect(check([makeRefund({ quantity: "-3" })], [three])).toEqual([]);
    expect(
      check([makeRefund({ lineNo: "a" }), makeRefund({ lineNo: "b", quantity: "-2" })], [three]),
    ).toEqual([]);
  });

  it("may stand in the message of its line, before or after it", () => {
    expect(check([three, makeRefund()])).toEqual([]);
    expect(check([makeRefund(), three])).toEqual([]);
  });

  it("names the line that it refunds", () => {
    expect(check([makeLine({ lineNo: "2", quantity: "-1" })], [three])).toEqual([
      "0 refundOf REFUND_WITHOUT_ORIGINAL",
    ]);
  });

  it("has a negative quantity", () => {
    expect(check([makeRefund({ quantity: "1" })], [three])).toEqual([
      "0 quantity REFUND_QUANTITY_NOT_NEGATIVE",
    ]);
  });

  it("names a line that exists", () => {
    expect(check([makeRefund({ refundOf: "9" })], [three])).toEqual(["0 refundOf REFUND_ORIGINAL_UNKNOWN"]);
    expect(check([makeRefund({ refundOf: "1R" })], [three])).toEqual(["0 refundOf REFUND_ORIGINAL_UNKNOWN"]);
  });

  it("names no refund, neither an earlier one nor one of its message", () => {
    const again = makeRefund({ lineNo: "1RR", refundOf: "1R" });
    expect(check([again], [three, makeRefund()])).toEqual(["0 refundOf REFUND_ORIGINAL_UNKNOWN"]);
    expect(check([makeRefund(), again], [three])).toEqual(["1 refundOf REFUND_ORIGINAL_UNKNOWN"]);
  });

  it("names no line that wants to be a refund and is none", () => {
    const nameless = makeLine({ lineNo: "2", quantity: "-1" });
    const positive = makeRefund({ lineNo: "3", quantity: "1" });
    expect(
      check(
        [nameless, makeRefund({ refundOf: "2" }), positive, makeRefund({ lineNo: "x", refundOf: "3" })],
        [three],
      ),
    ).toEqual([
      "0 refundOf REFUND_WITHOUT_ORIGINAL",
      "1 refundOf REFUND_ORIGINAL_UNKNOWN",
      "2 quantity REFUND_QUANTITY_NOT_NEGATIVE",
      "3 refundOf REFUND_ORIGINAL_UNKNOWN",
    ]);
  });

  it("is for the item of its line", () => {
    expect(check([makeRefund({ itemCode: "B" })], [three])).toEqual(["0 itemCode REFUND_ITEM_DIFFERS"]);
  });

  it("has the unit price of its line", () => {
    expect(check([makeRefund({ unitPrice: "10.000001" })], [three])).toEqual([
      "0 unitPrice REFUND_PRICE_DIFFERS",
    ]);
  });

  it("is for no more than is left of its line", () => {
    expect(check([makeRefund({ quantity: "-3.0001", amount: "-30.00" })], [three])).toEqual([
      "0 quantity REFUND_EXCEEDS_ORIGINAL",
    ]);
    expect(
      check([makeRefund({ lineNo: "b", quantity: "-2" })], [three, makeRefund({ quantity: "-2" })]),
    ).toEqual(["0 quantity REFUND_EXCEEDS_ORIGINAL"]);
    expect(
      check([makeRefund({ quantity: "-2" }), makeRefund({ lineNo: "b", quantity: "-2" })], [three]),
    ).toEqual(["1 quantity REFUND_EXCEEDS_ORIGINAL"]);
  });

  it("that is refused takes nothing away from the next one", () => {
    const tooMuch = makeRefund({ quantity: "-4" });
    expect(check([tooMuch, makeRefund({ lineNo: "b", quantity: "-3" })], [three])).toEqual([
      "0 quantity REFUND_EXCEEDS_ORIGINAL",
    ]);
  });

  it("of a line whose number is given twice counts for the first", () => {
    const other = makeLine({ quantity: "1", unitPrice: "5.00" });
    expect(check([other, makeRefund({ quantity: "-3" })], [three])).toEqual(["0 lineNo LINE_NUMBER_TAKEN"]);
  });
});

describe("a refund's amount", () => {
  /** 1.3333 × 0.75 = 0.999975, so 1.00; 0.3333 × 0.75 = 0.249975, so 0.25. */
  const original = makeLine({ unitPrice: "1.3333", quantity: "0.75" });
  const part = (amount: string) => makeRefund({ unitPrice: "1.3333", quantity: "-0.25", amount });

  it.each(["-0.32", "-0.33", "-0.34"])("may be %s where the rounded product is -0.33", (amount) => {
    expect(check([part(amount)], [original])).toEqual([]);
  });

  it.each(["-0.31", "-0.35", "0.33", "0.00"])("is not %s where the rounded product is -0.33", (amount) => {
    expect(check([part(amount)], [original])).toEqual(["0 amount LINE_AMOUNT_MISMATCH"]);
  });

  it("empties the amount of a line when it empties its quantity, however far from the product", () => {
    const rest = (amount: string) =>
      makeRefund({ lineNo: "c", unitPrice: "1.3333", quantity: "-0.25", amount });
    const two = [original, part("-0.32"), { ...part("-0.32"), lineNo: "b" }];
    expect(check([rest("-0.36")], two)).toEqual([]);
    expect(check([rest("-0.35")], two)).toEqual(["0 amount LINE_AMOUNT_MISMATCH"]);
    expect(check([rest("-0.33")], two)).toEqual(["0 amount LINE_AMOUNT_MISMATCH"]);
  });

  it("is never more than is left of the line's amount", () => {
    const cheap = makeLine({ unitPrice: "0.004", quantity: "2" });
    expect(cheap.amount).toBe(1);
    const refund = makeRefund({ unitPrice: "0.004", amount: "-0.01" });
    expect(check([refund], [cheap])).toEqual([]);
    const again = makeRefund({ lineNo: "b", unitPrice: "0.004", quantity: "-0.5", amount: "-0.01" });
    expect(check([again], [cheap, refund])).toEqual(["0 amount REFUND_EXCEEDS_ORIGINAL"]);
  });

  it("is never positive, although one fen of difference would allow it", () => {
    const cheap = makeLine({ unitPrice: "0.004", quantity: "3" });
    expect(check([makeRefund({ unitPrice: "0.004", amount: "0.01" })], [cheap])).toEqual([
      "0 amount REFUND_EXCEEDS_ORIGINAL",
    ]);
    expect(check([makeRefund({ unitPrice: "0.004", amount: "0.00" })], [cheap])).toEqual([]);
  });
});

describe("a message", () => {
  it("with nothing in it has no faults", () => {
    expect(check([], [makeLine()])).toEqual([]);
  });

  it("names every bad line and everything that is wrong with a line", () => {
    const early = "2026-03-04T12:00:00+08:00";
    expect(
      check(
        [
          makeLine({ amount: "9.99", serviceAt: early }),
          makeLine({ lineNo: "2" }),
          makeRefund({ lineNo: "3", refundOf: "9", serviceAt: early }),
        ],
        [makeLine()],
      ),
    ).toEqual([
      "0 lineNo LINE_NUMBER_TAKEN",
      "0 serviceAt SERVICE_DATE_OUTSIDE_VISIT",
      "0 amount LINE_AMOUNT_MISMATCH",
      "2 serviceAt SERVICE_DATE_OUTSIDE_VISIT",
      "2 refundOf REFUND_ORIGINAL_UNKNOWN",
    ]);
  });

  it("cannot refund a line that is settled, only one that is not", () => {
    const earlier = [makeLine(), makeLine({ lineNo: "2" })];
    const refunds = [makeRefund(), makeRefund({ lineNo: "2R", refundOf: "2" })];
    expect(checkLines(refunds, earlier, { ...limits, settledCount: 1 })).toEqual([
      { pointer: "/lines/0/refundOf", code: "REFUND_ORIGINAL_SETTLED" },
    ]);
  });

  it("takes at most 10,000 lines, with those that it has", () => {
    const earlier = Array.from({ length: 9_999 }, (_, index) => makeLine({ lineNo: `E${index}` }));
    expect(checkLines([makeLine()], earlier, limits)).toEqual([]);
    expect(checkLines([makeLine(), makeLine({ lineNo: "2" })], earlier, limits)).toEqual([
      { pointer: "/lines", code: "TOO_MANY_LINES" },
    ]);
  });

  it("does not count what is settled already", () => {
    const earlier = Array.from({ length: 12_000 }, (_, index) => makeLine({ lineNo: `E${index}` }));
    const settled = { ...limits, settledCount: 2_001 };
    expect(checkLines([makeLine()], earlier, settled)).toEqual([]);
    expect(checkLines([makeLine(), makeLine({ lineNo: "2" })], earlier, settled)).toEqual([
      { pointer: "/lines", code: "TOO_MANY_LINES" },
    ]);
    expect(checkBillSize(earlier.slice(0, 10_000))).toEqual([]);
    expect(checkBillSize(earlier).map(({ code }) => code)).toEqual(["TOO_MANY_LINES"]);
  });

  it("takes at most 1,000 refunds of one line, those of earlier messages counted in", () => {
    const original = makeLine({ quantity: "2000", amount: "20000.00" });
    const refunds = Array.from({ length: 1_001 }, (_, index) => makeRefund({ lineNo: `R${index}` }));
    expect(checkLines(refunds.slice(500, 1_000), [original, ...refunds.slice(0, 500)], limits)).toEqual([]);
    expect(checkLines(refunds.slice(500), [original, ...refunds.slice(0, 500)], limits)).toEqual([
      { pointer: "/lines/500/refundOf", code: "TOO_MANY_REFUNDS" },
    ]);
  });

  it("comes to at most 999,999,999.99 yuan, with what it has and before what is refunded", () => {
    const half = { unitPrice: "5000000", quantity: "100", amount: "500000000.00" };
    const rest = { unitPrice: "4999999.9999", quantity: "100", amount: "499999999.99" };
    const earlier = [makeLine(half), makeRefund({ ...half, quantity: "-100", amount: "-500000000.00" })];
    expect(checkLines([makeLine({ lineNo: "2", ...rest })], earlier, limits)).toEqual([]);
    expect(checkLines([makeLine({ lineNo: "2", ...half })], earlier, limits)).toEqual([
      { pointer: "/lines", code: "VISIT_TOO_LARGE" },
    ]);
  });

  it("points into the request", () => {
    expect(checkLines([makeLine({ amount: "1.00" })], [], limits)).toEqual([
      {
        pointer: "/lines/0/amount",
        code: "LINE_AMOUNT_MISMATCH",
        expected: { kind: "AMOUNT", amount: "10.00" },
      },
    ]);
  });
});

describe("revocation", () => {
  const lines = [makeLine({ quantity: "3" }), makeLine({ lineNo: "2" }), makeRefund()];
  const revoke = (lineNos: readonly string[], settledCount = 0) => {
    const { left, faults } = revokeLines(lines, lineNos, settledCount);
    return { left: left.map(({ lineNo }) => lineNo), faults };
  };

  it("takes the named lines away and leaves the others as they were", () => {
    expect(revoke(["2"])).toEqual({ left: ["1", "1R"], faults: [] });
    expect(revoke([])).toEqual({ left: ["1", "2", "1R"], faults: [] });
  });

  it("takes a refund away by itself, and a line together with its refunds", () => {
    expect(revoke(["1R"])).toEqual({ left: ["1", "2"], faults: [] });
    expect(revoke(["1R", "1"])).toEqual({ left: ["2"], faults: [] });
  });

  it("leaves no refund without its line", () => {
    expect(revoke(["2", "1"]).faults).toEqual([{ pointer: "/lineNos/1", code: "LINE_REFUNDED" }]);
  });

  it("leaves settled lines alone", () => {
    expect(revoke(["2"], 1).faults).toEqual([]);
    expect(revoke(["2", "1", "1R"], 2).faults).toEqual([
      { pointer: "/lineNos/0", code: "LINE_SETTLED" },
      { pointer: "/lineNos/1", code: "LINE_SETTLED" },
    ]);
  });

  it("names every line that the visit does not have", () => {
    expect(revoke(["9", "2", "8"]).faults).toEqual([
      { pointer: "/lineNos/0", code: "LINE_UNKNOWN" },
      { pointer: "/lineNos/2", code: "LINE_UNKNOWN" },
    ]);
  });
});
