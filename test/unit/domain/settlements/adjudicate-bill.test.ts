import { describe, expect, it } from "vitest";
import { formatYuan } from "../../../../shared/domain/money.ts";
import {
  adjudicateBill,
  type Bill,
  releaseBill,
} from "../../../../shared/domain/settlements/adjudicate-bill.ts";
import {
  bodies,
  makeAllocation,
  makeBill,
  makeItem,
  makeItemOf,
  makeLine,
  makePolicy,
  makeRefund,
} from "../../../support/builders.ts";
import { showAdjudication } from "../../../support/example-bills.ts";

/** `{"1": "fund 8.00, hospital 2.00 (OVER_PRICE_CAP HOSPITAL 2.00)"}`: each line in one sentence. */
function adjudicate(overrides: Parameters<typeof makeBill>[0]): Record<string, string> {
  const { lines } = showAdjudication(adjudicateBill(makeBill(overrides)));
  const sentences = Object.entries(lines).map(([lineNo, { allocation, reasons }]) => {
    const parts = Object.entries(allocation).filter(([, part]) => part !== "0.00");
    const borne = parts.map(([field, part]) => `${field} ${part}`).join(", ");
    const why = reasons.map(({ code, bearer, amount }) => `${code} ${bearer} ${amount}`).join(", ");
    return [lineNo, why === "" ? borne : `${borne} (${why})`];
  });
  return Object.fromEntries(sentences);
}

/** What becomes of one line, of one item with one period. */
const adjudicateOne = (
  line: Readonly<Record<string, unknown>>,
  period: Readonly<Record<string, unknown>> = {},
  overrides: Partial<Omit<Bill, "findItem" | "lines">> = {},
): string | undefined =>
  adjudicate({ items: [makeItemOf(period)], lines: [makeLine(line)], ...overrides })["1"];

describe("a line that the catalogue covers", () => {
  it("is the fund's in full where there is neither cap nor limit nor ratio", () => {
    expect(adjudicateOne({})).toBe("fund 10.00");
  });

  it("needs neither the employer's notice nor consent", () => {
    expect(adjudicateOne({}, {}, { employerNotice: false })).toBe("fund 10.00");
  });

  it("may be expressly related to the injury", () => {
    expect(adjudicateOne({ injuryRelated: true, diagnosisCode: "S62.301" })).toBe("fund 10.00");
  });
});

describe("a line not related to the injury", () => {
  const unrelated = "otherInsurer 10.00 (UNRELATED_TO_INJURY OTHER_INSURER 10.00)";

  it("goes to the policy's bearer where the doctor says so", () => {
    expect(adjudicateOne({ injuryRelated: false })).toBe(unrelated);
    expect(adjudicateOne({ injuryRelated: false, diagnosisCode: "S62.301" })).toBe(unrelated);
    const policy = makePolicy({ unrelatedBearer: "PERSONAL" });
    expect(adjudicateOne({ injuryRelated: false }, {}, { policy })).toBe(
      "personal 10.00 (UNRELATED_TO_INJURY PERSONAL 10.00)",
    );
  });

  it("is one whose diagnosis no recognised injury covers, whatever the doctor says", () => {
    expect(adjudicateOne({ diagnosisCode: "I10.x00" })).toBe(unrelated);
    expect(adjudicateOne({ diagnosisCode: "I10.x00", injuryRelated: true })).toBe(unrelated);
  });

  it("is none whose diagnosis starts with a prefix of any injury", () => {
    const injuries = [{ diagnosisPrefixes: ["S62"] }, { diagnosisPrefixes: ["T14", "I10.X"] }];
    expect(adjudicateOne({ diagnosisCode: "I10.x00" }, {}, { injuries })).toBe("fund 10.00");
    expect(adjudicateOne({ diagnosisCode: "S61.000" }, {}, { injuries })).toBe(unrelated);
  });

  it("is by the doctor's word alone while the case has no recorded injuries", () => {
    expect(adjudicateOne({ diagnosisCode: "I10.x00" }, {}, { injuries: [] })).toBe("fund 10.00");
    expect(adjudicateOne({ injuryRelated: false }, {}, { injuries: [] })).toBe(unrelated);
  });

  it("is not looked up in the catalogue any more", () => {
    expect(adjudicateOne({ itemCode: "Z", injuryRelated: false })).toBe(unrelated);
    expect(adjudicateOne({ injuryRelated: false }, { restricted: true })).toBe(unrelated);
  });
});

describe("a line outside the catalogue", () => {
  it("names why: unknown item, no period, restriction not met", () => {
    const whole = (code: string) => `hospital 10.00 (${code} HOSPITAL 10.00)`;
    expect(adjudicateOne({ itemCode: "Z" })).toBe(whole("ITEM_UNKNOWN"));
    expect(adjudicateOne({}, { from: "2026-03-07" })).toBe(whole("NOT_IN_CATALOGUE"));
    expect(adjudicateOne({}, { restricted: true })).toBe(whole("RESTRICTION_NOT_MET"));
    expect(adjudicateOne({ restrictionMet: false }, { restricted: true })).toBe(whole("RESTRICTION_NOT_MET"));
  });

  it("is none where the doctor asserts that the restriction is met", () => {
    expect(adjudicateOne({ restrictionMet: true }, { restricted: true })).toBe("fund 10.00");
  });

  const code = "ITEM_UNKNOWN";
  it.each([
    { notice: false, signer: undefined, borne: `employer 10.00 (${code} EMPLOYER 10.00)` },
    { notice: false, signer: "WORKER", borne: `employer 10.00 (${code} EMPLOYER 10.00)` },
    { notice: true, signer: undefined, borne: `hospital 10.00 (${code} HOSPITAL 10.00)` },
    { notice: true, signer: "EMPLOYER", borne: `employer 10.00 (${code} EMPLOYER 10.00)` },
    { notice: true, signer: "WORKER", borne: `personal 10.00 (${code} PERSONAL 10.00)` },
    { notice: true, signer: "RELATIVE", borne: `personal 10.00 (${code} PERSONAL 10.00)` },
  ])("with notice $notice and consent of $signer is: $borne", ({ notice, signer, borne }) => {
    const consent = signer === undefined ? undefined : { signedBy: signer, reference: "TY1" };
    expect(adjudicateOne({ itemCode: "Z", consent }, {}, { employerNotice: notice })).toBe(borne);
  });

  it("goes to the policy's bearers where notice or consent is missing", () => {
    const policy = makePolicy({ noEmployerNoticeBearer: "THIRD_PARTY", noConsentBearer: "PERSONAL" });
    expect(adjudicateOne({ itemCode: "Z" }, {}, { policy, employerNotice: false })).toBe(
      `thirdParty 10.00 (${code} THIRD_PARTY 10.00)`,
    );
    expect(adjudicateOne({ itemCode: "Z" }, {}, { policy })).toBe(`personal 10.00 (${code} PERSONAL 10.00)`);
  });
});

describe("the catalogue's word", () => {
  it("is that of the service day, from the first day of a period to its last", () => {
    const period = { from: "2026-03-06", to: "2026-03-07" };
    const outside = "hospital 10.00 (NOT_IN_CATALOGUE HOSPITAL 10.00)";
    expect(adjudicateOne({ serviceAt: "2026-03-05T23:59:59+08:00" }, period)).toBe(outside);
    expect(adjudicateOne({ serviceAt: "2026-03-05T16:00:00Z" }, period)).toBe("fund 10.00");
    expect(adjudicateOne({ serviceAt: "2026-03-07T23:59:59+08:00" }, period)).toBe("fund 10.00");
    expect(adjudicateOne({ serviceAt: "2026-03-07T16:00:00Z" }, period)).toBe(outside);
  });

  it("is the medical one for every visit but rehabilitation, and the other one there", () => {
    const medical = { rehabilitation: false };
    const rehabilitation = { medical: false };
    for (const visitType of ["OUTPATIENT", "INPATIENT", "ASSISTIVE_DEVICE"] as const) {
      expect(adjudicateOne({}, medical, { visitType })).toBe("fund 10.00");
      expect(adjudicateOne({}, rehabilitation, { visitType })).toContain("NOT_IN_CATALOGUE");
    }
    for (const visitType of ["REHABILITATION_OUTPATIENT", "REHABILITATION_INPATIENT"] as const) {
      expect(adjudicateOne({}, medical, { visitType })).toContain("NOT_IN_CATALOGUE");
      expect(adjudicateOne({}, rehabilitation, { visitType })).toBe("fund 10.00");
    }
  });

  it("changes with the day: each line has the cap of its own", () => {
    const caps = (cap: string) => ({ "1": cap, "2": cap, "3": cap });
    const item = makeItem({
      periods: [
        bodies.period({ to: "2026-03-06", caps: caps("8.00") }),
        bodies.period({ from: "2026-03-07", caps: caps("9.00") }),
      ],
    });
    expect(
      adjudicate({
        items: [item],
        lines: [makeLine(), makeLine({ lineNo: "2", serviceAt: "2026-03-07T09:00:00+08:00" })],
      }),
    ).toEqual({
      "1": "fund 8.00, hospital 2.00 (OVER_PRICE_CAP HOSPITAL 2.00)",
      "2": "fund 9.00, hospital 1.00 (OVER_PRICE_CAP HOSPITAL 1.00)",
    });
  });
});

const caps = { "1": "6.00", "2": "7.00", "3": "8.00" };

describe("a price cap", () => {
  it("is that of the hospital's tier", () => {
    const over = (fund: string, rest: string) =>
      `fund ${fund}, hospital ${rest} (OVER_PRICE_CAP HOSPITAL ${rest})`;
    expect(adjudicateOne({}, { caps }, { tier: 1 })).toBe(over("6.00", "4.00"));
    expect(adjudicateOne({}, { caps }, { tier: 2 })).toBe(over("7.00", "3.00"));
    expect(adjudicateOne({}, { caps }, { tier: 3 })).toBe(over("8.00", "2.00"));
  });

  it("takes nothing from a line of that price or less", () => {
    expect(adjudicateOne({ unitPrice: "8.00", quantity: "3" }, { caps })).toBe("fund 24.00");
    expect(adjudicateOne({ unitPrice: "7.999999", quantity: "3" }, { caps })).toBe("fund 24.00");
    expect(adjudicateOne({ unitPrice: "5.00" }, { caps })).toBe("fund 5.00");
  });

  it("counts in eight decimals", () => {
    const fine = { "1": "0", "2": "0", "3": "0.00000001" };
    expect(adjudicateOne({ unitPrice: "1", quantity: "500000" }, { caps: fine })).toBe(
      "fund 0.01, hospital 499999.99 (OVER_PRICE_CAP HOSPITAL 499999.99)",
    );
  });

  it("is rounded over the whole line, not over each unit", () => {
    const fine = { "1": "0", "2": "0", "3": "3.333333" };
    expect(adjudicateOne({ unitPrice: "5.00", quantity: "3" }, { caps: fine })).toBe(
      "fund 10.00, hospital 5.00 (OVER_PRICE_CAP HOSPITAL 5.00)",
    );
  });

  it("of nothing leaves nothing to the fund", () => {
    expect(adjudicateOne({}, { caps: { ...caps, "3": "0" } })).toBe(
      "hospital 10.00 (OVER_PRICE_CAP HOSPITAL 10.00)",
    );
  });

  it("puts what is over it on the item's bearer, else on the policy's", () => {
    const policy = makePolicy({ overCapBearer: "PERSONAL" });
    expect(adjudicateOne({}, { caps }, { policy })).toBe(
      "fund 8.00, personal 2.00 (OVER_PRICE_CAP PERSONAL 2.00)",
    );
    expect(adjudicateOne({}, { caps, overCapBearer: "EMPLOYER" }, { policy })).toBe(
      "fund 8.00, employer 2.00 (OVER_PRICE_CAP EMPLOYER 2.00)",
    );
  });
});

describe("a ratio", () => {
  it("is the fund's share, and the rest the employer's unless the item says otherwise", () => {
    expect(adjudicateOne({}, { fundRatio: "0.8" })).toBe(
      "fund 8.00, employer 2.00 (PARTLY_COVERED EMPLOYER 2.00)",
    );
    expect(adjudicateOne({}, { fundRatio: "0.8", ratioRemainderBearer: "PERSONAL" })).toBe(
      "fund 8.00, personal 2.00 (PARTLY_COVERED PERSONAL 2.00)",
    );
  });

  it("rounds the fund's share half up, and the rest is what remains", () => {
    expect(adjudicateOne({ unitPrice: "1.01" }, { fundRatio: "0.5" })).toBe(
      "fund 0.51, employer 0.50 (PARTLY_COVERED EMPLOYER 0.50)",
    );
  });

  it("of one gives the fund everything, of zero nothing", () => {
    expect(adjudicateOne({}, { fundRatio: "1" })).toBe("fund 10.00");
    expect(adjudicateOne({}, { fundRatio: "0" })).toBe("employer 10.00 (PARTLY_COVERED EMPLOYER 10.00)");
  });

  it("is of what is within the cap", () => {
    expect(adjudicateOne({}, { caps, fundRatio: "0.75" })).toBe(
      "fund 6.00, employer 2.00, hospital 2.00 (OVER_PRICE_CAP HOSPITAL 2.00, PARTLY_COVERED EMPLOYER 2.00)",
    );
  });
});

describe("a limit", () => {
  const at = (lineNo: string, serviceAt: string, more: Readonly<Record<string, unknown>> = {}) =>
    makeLine({ lineNo, serviceAt, ...more });
  const over = (amount: string) => `OVER_QUANTITY_LIMIT HOSPITAL ${amount}`;

  it("allows a part of a line, and what is over it goes to the policy's bearer", () => {
    expect(adjudicateOne({ quantity: "3" }, { maxPerDay: "2" })).toBe(
      `fund 20.00, hospital 10.00 (${over("10.00")})`,
    );
    const policy = makePolicy({ overQuantityBearer: "PERSONAL" });
    expect(adjudicateOne({ quantity: "3" }, { maxPerVisit: "0.5" }, { policy })).toBe(
      "fund 5.00, personal 25.00 (OVER_QUANTITY_LIMIT PERSONAL 25.00)",
    );
  });

  it("that is just reached takes nothing away", () => {
    expect(adjudicateOne({ quantity: "2" }, { maxPerDay: "2", maxPerVisit: "2" })).toBe("fund 20.00");
  });

  it("per day starts again each day of Asia/Shanghai", () => {
    expect(
      adjudicate({
        items: [makeItemOf({ maxPerDay: "1" })],
        lines: [
          at("1", "2026-03-06T00:00:00+08:00"),
          at("2", "2026-03-06T15:59:59Z"),
          at("3", "2026-03-06T16:00:00Z"),
        ],
      }),
    ).toEqual({ "1": "fund 10.00", "2": `hospital 10.00 (${over("10.00")})`, "3": "fund 10.00" });
  });

  it("per visit goes on over the days", () => {
    expect(
      adjudicate({
        items: [makeItemOf({ maxPerVisit: "2.5" })],
        lines: [1, 2, 3, 4].map((number) => at(`${number}`, `2026-03-0${number + 5}T09:00:00+08:00`)),
      }),
    ).toEqual({
      "1": "fund 10.00",
      "2": "fund 10.00",
      "3": `fund 5.00, hospital 5.00 (${over("5.00")})`,
      "4": `hospital 10.00 (${over("10.00")})`,
    });
  });

  it("counts what earlier settlements of the visit used up, of the same item only", () => {
    const items = [makeItemOf({ maxPerDay: "2", maxPerVisit: "4" })];
    const lines = [6, 7, 8].map((date) =>
      at(`${date}`, `2026-03-0${date}T09:00:00+08:00`, { quantity: "2" }),
    );
    const first = adjudicateBill(makeBill({ items, lines: [at("1", "2026-03-06T08:00:00+08:00")] }));
    expect(first.used).toEqual([{ itemCode: makeLine().itemCode, on: "2026-03-06", quantity: 10_000 }]);
    expect(adjudicate({ items, lines, usedBefore: first.used })).toEqual({
      "6": `fund 10.00, hospital 10.00 (${over("10.00")})`,
      "7": "fund 20.00",
      "8": `hospital 20.00 (${over("20.00")})`,
    });
    const others = first.used.map((used) => ({ ...used, itemCode: "other" }));
    expect(adjudicate({ items, lines, usedBefore: others })["6"]).toBe("fund 20.00");
  });

  it("is used up by what was allowed, added up by item and day", () => {
    const items = [makeItemOf({ maxPerDay: "3" })];
    const lines = ["1", "2", "3"].map((lineNo) => at(lineNo, "2026-03-06T09:00:00+08:00", { quantity: "2" }));
    const { used } = adjudicateBill(makeBill({ items, lines }));
    expect(used.map(({ quantity }) => quantity)).toEqual([30_000]);
  });

  it("per day and one per visit hold together", () => {
    expect(
      adjudicate({
        items: [makeItemOf({ maxPerDay: "2", maxPerVisit: "3" })],
        lines: [
          at("1", "2026-03-06T09:00:00+08:00", { quantity: "3" }),
          at("2", "2026-03-07T09:00:00+08:00", { quantity: "3" }),
        ],
      }),
    ).toEqual({
      "1": `fund 20.00, hospital 10.00 (${over("10.00")})`,
      "2": `fund 10.00, hospital 20.00 (${over("20.00")})`,
    });
  });

  it("is used up in the order of service, not of posting", () => {
    expect(
      adjudicate({
        items: [makeItemOf({ maxPerDay: "1" })],
        lines: [at("1", "2026-03-06T10:00:00+08:00"), at("2", "2026-03-06T09:59:59.999+08:00")],
      }),
    ).toEqual({ "1": `hospital 10.00 (${over("10.00")})`, "2": "fund 10.00" });
  });

  it("is used up in the order of line numbers at the same time, by code point", () => {
    const same = (...lineNos: string[]) =>
      adjudicate({
        items: [makeItemOf({ maxPerVisit: "1" })],
        lines: lineNos.map((lineNo) => at(lineNo, "2026-03-06T10:00:00+08:00")),
      });
    const nothing = `hospital 10.00 (${over("10.00")})`;
    expect(same("b", "B", "a")).toEqual({ B: "fund 10.00", a: nothing, b: nothing });
    expect(same("2", "10")).toEqual({ "10": "fund 10.00", "2": nothing });
    expect(same("1-", "1")).toEqual({ "1": "fund 10.00", "1-": nothing });
  });

  it("is used up by what was allowed, not by what was asked", () => {
    expect(
      adjudicate({
        items: [makeItemOf({ maxPerDay: "1", maxPerVisit: "2" })],
        lines: [
          at("1", "2026-03-06T09:00:00+08:00", { quantity: "5" }),
          at("2", "2026-03-07T09:00:00+08:00"),
        ],
      })["2"],
    ).toBe("fund 10.00");
  });

  it("is used up by covered lines of the same item alone", () => {
    const lines = [
      at("1", "2026-03-06T08:00:00+08:00", { injuryRelated: false }),
      at("2", "2026-03-06T08:01:00+08:00", { itemCode: "B" }),
      at("3", "2026-03-06T08:02:00+08:00"),
    ];
    const items = [
      makeItemOf({ restricted: true, maxPerDay: "1" }),
      makeItemOf({ maxPerDay: "1" }, { itemCode: "B" }),
    ];
    const restricted = at("4", "2026-03-06T08:03:00+08:00", { restrictionMet: true });
    const result = adjudicate({ items, lines: [...lines, restricted] });
    expect(result["2"]).toBe("fund 10.00");
    expect(result["4"]).toBe("fund 10.00");
  });

  it("is used up by the net quantity of a line that was refunded in part", () => {
    expect(
      adjudicate({
        items: [makeItemOf({ maxPerDay: "2" })],
        lines: [
          at("1", "2026-03-06T08:00:00+08:00", { quantity: "2" }),
          at("2", "2026-03-06T09:00:00+08:00"),
          makeRefund({ serviceAt: "2026-03-08T08:00:00+08:00" }),
        ],
      }),
    ).toEqual({ "1": "fund 10.00", "2": "fund 10.00" });
  });

  it("that a later period lowers below what was used allows nothing more", () => {
    const item = makeItem({
      periods: [
        bodies.period({ to: "2026-03-06", maxPerVisit: "3" }),
        bodies.period({ from: "2026-03-07", maxPerVisit: "2" }),
      ],
    });
    expect(
      adjudicate({
        items: [item],
        lines: [
          at("1", "2026-03-06T09:00:00+08:00", { quantity: "3" }),
          at("2", "2026-03-07T09:00:00+08:00"),
        ],
      }),
    ).toEqual({ "1": "fund 30.00", "2": `hospital 10.00 (${over("10.00")})` });
  });

  it("that only a later period has counts what was used before it", () => {
    const item = makeItem({
      periods: [bodies.period({ to: "2026-03-06" }), bodies.period({ from: "2026-03-07", maxPerVisit: "2" })],
    });
    expect(
      adjudicate({
        items: [item],
        lines: [
          at("1", "2026-03-06T09:00:00+08:00"),
          at("2", "2026-03-07T09:00:00+08:00", { quantity: "2" }),
        ],
      })["2"],
    ).toBe(`fund 10.00, hospital 10.00 (${over("10.00")})`);
  });

  it("with cap and ratio splits a line into all four parts", () => {
    expect(
      adjudicateOne(
        { quantity: "3" },
        {
          caps,
          maxPerDay: "2",
          fundRatio: "0.5",
          overCapBearer: "PERSONAL",
          ratioRemainderBearer: "PERSONAL",
        },
      ),
    ).toBe(
      "fund 8.00, hospital 10.00, personal 12.00 (OVER_PRICE_CAP PERSONAL 4.00, OVER_QUANTITY_LIMIT HOSPITAL 10.00, PARTLY_COVERED PERSONAL 8.00)",
    );
  });
});

describe("a refunded line", () => {
  it("is allocated by what is left of it, under its own terms and not its refund's", () => {
    expect(
      adjudicate({
        lines: [
          makeLine({ quantity: "3" }),
          makeRefund({
            injuryRelated: false,
            diagnosisCode: "I10.x00",
            serviceAt: "2026-03-09T09:00:00+08:00",
          }),
        ],
      }),
    ).toEqual({ "1": "fund 20.00" });
  });

  it("that was refunded in full is allocated nothing, for no reason, whatever was wrong with it", () => {
    expect(
      adjudicate({
        items: [],
        lines: [
          makeLine({ injuryRelated: false }),
          makeRefund(),
          makeLine({ lineNo: "2" }),
          makeRefund({ lineNo: "2R", refundOf: "2" }),
        ],
      }),
    ).toEqual({ "1": "", "2": "" });
  });

  it("that was refunded in full is not looked up in the catalogue", () => {
    const findItem = () => {
      throw new Error("looked up");
    };
    const bill = { ...makeBill({ lines: [makeLine(), makeRefund()] }), findItem };
    expect(adjudicateBill(bill).reasons).toEqual([]);
  });

  it("may come before its line and in several parts", () => {
    expect(
      adjudicate({
        lines: [makeRefund(), makeLine({ quantity: "3" }), makeRefund({ lineNo: "1S", quantity: "-0.5" })],
      }),
    ).toEqual({ "1": "fund 15.00" });
  });

  it("bears the fen by which a refund's amount differed", () => {
    const lines = (amount: string) => [makeLine({ quantity: "2" }), makeRefund({ amount })];
    expect(adjudicate({ lines: lines("-10.01") })).toEqual({ "1": "fund 9.99" });
    expect(adjudicate({ lines: lines("-9.99") })).toEqual({
      "1": "fund 10.00, hospital 0.01 (OVER_PRICE_CAP HOSPITAL 0.01)",
    });
  });

  it("is over its limit by no negative amount, even where the refund took a fen too much", () => {
    // 0.06 less 0.03 + 0.01 is 0.02, and three quarters of a unit at 0.03 round to 0.02: nothing is over.
    const lines = [
      makeLine({ unitPrice: "0.03", quantity: "2" }),
      makeRefund({ unitPrice: "0.03", amount: "-0.04" }),
    ];
    expect(adjudicate({ items: [makeItemOf({ maxPerDay: "0.9999" })], lines })).toEqual({ "1": "fund 0.02" });
  });

  it("without its line is a broken promise", () => {
    expect(() => adjudicate({ lines: [makeRefund()] })).toThrow("refund of unknown line 1");
    expect(() => adjudicate({ lines: [makeLine(), makeRefund({ refundOf: "1R" })] })).toThrow(RangeError);
  });
});

describe("a line without an amount", () => {
  it("is allocated nothing, for no reason", () => {
    const free = { unitPrice: "0.001" };
    expect(adjudicateOne(free)).toBe("");
    expect(adjudicateOne({ ...free, itemCode: "Z" })).toBe("");
    expect(adjudicateOne({ ...free, injuryRelated: false })).toBe("");
  });
});

describe("a bill", () => {
  const bill = makeBill({
    items: [makeItemOf({ caps }), makeItemOf({ fundRatio: "0.5" }, { itemCode: "B" })],
    lines: [
      makeLine({ lineNo: "3" }),
      makeLine({ lineNo: "1", itemCode: "Z" }),
      makeLine({ lineNo: "2", itemCode: "B" }),
      makeLine({ lineNo: "4", quantity: "2" }),
      makeRefund({ lineNo: "5", refundOf: "4" }),
      makeLine({ lineNo: "6", itemCode: "Y" }),
    ],
  });

  it("lists its original lines in the order of posting, each with its refunds", () => {
    const { lines } = adjudicateBill(bill);
    expect(lines.map(({ line }) => [line.original.lineNo, line.refunds])).toEqual([
      ["3", []],
      ["1", []],
      ["2", []],
      ["4", ["5"]],
      ["6", []],
    ]);
    expect(lines.map(({ line }) => [line.quantity, line.gross])).toEqual([
      [10_000, 1_000],
      [10_000, 1_000],
      [10_000, 1_000],
      [10_000, 1_000],
      [10_000, 1_000],
    ]);
  });

  it("adds up its lines, and its reasons by code and bearer in the order of their names", () => {
    const { total, allocation, reasons } = adjudicateBill(bill);
    expect(formatYuan(total)).toBe("50.00");
    expect(allocation).toEqual(makeAllocation({ fund: "21.00", employer: "5.00", hospital: "24.00" }));
    expect(reasons.map(({ code, bearer, amount }) => `${code} ${bearer} ${formatYuan(amount)}`)).toEqual([
      "ITEM_UNKNOWN HOSPITAL 20.00",
      "OVER_PRICE_CAP HOSPITAL 4.00",
      "PARTLY_COVERED EMPLOYER 5.00",
    ]);
  });

  it("without lines comes to nothing", () => {
    expect(adjudicateBill(makeBill({ lines: [] }))).toEqual({
      lines: [],
      total: 0,
      allocation: makeAllocation({}),
      reasons: [],
      used: [],
    });
  });
});

describe("a bill that left the fund", () => {
  it("goes to the policy's bearer, line by line, whatever the catalogue says", () => {
    const lines = [makeLine({ quantity: "2", amount: "20.00" }), makeRefund(), makeLine({ lineNo: "2" })];
    const policy = makePolicy({ releasedBearer: "EMPLOYER" });
    const released = releaseBill(makeBill({ lines, policy }));
    const reason = { code: "CASE_NOT_RECOGNISED", bearer: "EMPLOYER", amount: 2_000 };
    expect(released).toMatchObject({
      total: 2_000,
      allocation: { employer: 2_000, fund: 0 },
      reasons: [reason],
      used: [],
    });
    expect(released.lines.map(({ allocation }) => allocation.employer)).toEqual([1_000, 1_000]);
  });
});
