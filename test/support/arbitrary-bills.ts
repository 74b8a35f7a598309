import fc from "fast-check";
import { bearers } from "../../shared/domain/bearers.ts";
import { visitTypes } from "../../shared/domain/visit-type.ts";
import { amountText, exact, isLess, minus, NONE, plus, roundToFen, yuanText } from "./exact.ts";
import type { WireBill, WireItem, WireLine, WirePeriod } from "./example-bills.ts";

/** Bills as hospitals might post them, in which halves, carries, edges of days and shared times are common. */

const decimal = (least: bigint, most: bigint, decimals: number): fc.Arbitrary<string> =>
  fc.bigInt(least, most).map((units) => {
    const digits = String(units).padStart(decimals + 1, "0");
    return `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
  });

const unitPrice = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom("10", "0.01", "12.85", "0.5", "3.333333", "0.015", "0", "99.99"),
  },
  { weight: 5, arbitrary: decimal(0n, 200_000_000n, 6) },
  { weight: 1, arbitrary: decimal(0n, 20_000n, 6) },
  // Products that only BigInt can carry.
  { weight: 1, arbitrary: decimal(100_000_000_000n, 190_000_000_000n, 6) },
);
const quantity = fc.oneof(fc.constantFrom("1", "2", "3", "0.5", "0.25", "1.5"), decimal(1n, 50_000n, 4));
const cap = fc.oneof(unitPrice, decimal(0n, 10_000_000_000n, 8));
const limit = fc.oneof(fc.constantFrom("1", "2", "0.5", "4"), decimal(1n, 60_000n, 4));
const fundRatio = fc.constantFrom("0", "0.5", "0.8", "0.3333", "0.9999", "1");
const bearer = fc.constantFrom(...bearers);
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(value, { nil: undefined, freq: 2 });

const days = Array.from({ length: 6 }, (_, index) => `2026-03-${String(index + 5).padStart(2, "0")}`);
const FIRST_DAY = "2026-03-05";
const times = ["09:00:00+08:00", "00:00:00+08:00", "23:59:59.999+08:00", "09:00:00.5+08:00", "15:59:59Z"];
const serviceAt = fc
  .tuple(fc.constantFrom(...days), fc.constantFrom(...times))
  .map(([day, time]) => `${day}T${time}`);

type Terms = Omit<WirePeriod, "from" | "to">;
const terms: fc.Arbitrary<Terms> = fc
  .record({
    uses: fc.constantFrom([true, true], [true, true], [true, false], [false, true]),
    restricted: fc.constantFrom(false, false, true),
    caps: fc.option(fc.record({ "1": cap, "2": cap, "3": cap })),
    maxPerDay: maybe(limit),
    maxPerVisit: maybe(limit),
    fundRatio: maybe(fundRatio),
    ratioRemainderBearer: maybe(bearer),
    overCapBearer: maybe(bearer),
  })
  .map(({ uses: [medical = true, rehabilitation = true], ...others }) => ({
    medical,
    rehabilitation,
    ...others,
  }));

/** A tariff that holds, changes, ends or starts during the stay, or differs between kinds of visit. */
const periods: fc.Arbitrary<WirePeriod[]> = fc
  .tuple(
    fc.constantFrom("HOLDS", "HOLDS", "CHANGES", "ENDS", "STARTS", "DIFFERS"),
    terms,
    terms,
    fc.nat(days.length - 2),
  )
  .map(([course, first, second, cut]) => {
    const [before, after] = [
      { from: "2024-01-01", to: days[cut] ?? null },
      { from: days[cut + 1] ?? "", to: null },
    ];
    const always = { from: "2024-01-01", to: null };
    return {
      HOLDS: [{ ...always, ...first }],
      CHANGES: [
        { ...before, ...first },
        { ...after, ...second },
      ],
      ENDS: [{ ...before, ...first }],
      STARTS: [{ ...after, ...first }],
      DIFFERS: [
        { ...always, ...first, medical: true, rehabilitation: false },
        { ...always, ...second, medical: false, rehabilitation: true },
      ],
    }[course];
  });

const itemCodes = ["A", "B", "C"];
const items: fc.Arbitrary<WireItem[]> = fc.tuple(...itemCodes.map(() => periods)).map((all) =>
  all.map((each, index) => ({
    itemCode: itemCodes[index] ?? "",
    name: "项目",
    kind: "SERVICE",
    unit: "次",
    periods: each,
  })),
);

interface RefundPlan {
  readonly percent: number;
  /** By how many fen it misses the rounded product, where it may. */
  readonly missFen: bigint;
  readonly serviceAt: string;
}

/** The refunds that a plan comes to; one that no valid amount could have is left out. */
function refundsOf(original: WireLine, plans: readonly RefundPlan[]): WireLine[] {
  const refunds: WireLine[] = [];
  let left = exact(original.quantity);
  let leftFen = roundToFen(exact(original.amount));
  for (const [index, plan] of plans.entries()) {
    const units = (left.dividend * 10_000n) / left.divisor;
    const part = (units * BigInt(plan.percent)) / 100n;
    const taken = part === 0n ? units : part;
    const count = { dividend: taken, divisor: 10_000n };
    const rest = minus(left, count);
    const count4 = `${taken / 10_000n}.${String(taken % 10_000n).padStart(4, "0")}`;
    const product = roundToFen(exact(amountText(original.unitPrice, count4)));
    const fen = rest.dividend === 0n ? leftFen : product + plan.missFen;
    if (taken === 0n || fen < 0n || fen > leftFen) continue;
    refunds.push({
      lineNo: `${original.lineNo}#r${index}`,
      itemCode: original.itemCode,
      name: original.name,
      unitPrice: original.unitPrice,
      quantity: `-${count4}`,
      amount: yuanText(-fen),
      serviceAt: plan.serviceAt,
      refundOf: original.lineNo,
    });
    left = rest;
    leftFen -= fen;
  }
  return refunds;
}

const MAX_REFUNDS = 3;
const refundPlan: fc.Arbitrary<RefundPlan> = fc.record({
  percent: fc.oneof(
    { weight: 1, arbitrary: fc.constant(100) },
    { weight: 9, arbitrary: fc.integer({ min: 1, max: 99 }) },
  ),
  missFen: fc.constantFrom(0n, 0n, 1n, -1n),
  serviceAt,
});

const family = fc.record({
  original: fc.record({
    lineNo: fc.stringMatching(/^[!-~]{1,3}$/),
    itemCode: fc.constantFrom("A", "A", "A", "A", "B", "B", "B", "C", "Z"),
    unitPrice,
    quantity,
    serviceAt,
    injuryRelated: maybe(fc.constantFrom(true, true, true, false)),
    restrictionMet: maybe(fc.boolean()),
    diagnosisCode: maybe(fc.constantFrom("S62.301", "S62.301", "S62", "S61.001", "T14.900", "I10.x00")),
    consent: maybe(
      fc.record({
        signedBy: fc.constantFrom("EMPLOYER", "WORKER", "RELATIVE"),
        reference: fc.constant("TY1"),
      }),
    ),
  }),
  refunds: fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    { weight: 2, arbitrary: fc.array(refundPlan, { minLength: 1, maxLength: MAX_REFUNDS }) },
  ),
  /** When original and refunds are posted, in this order. */
  places: fc.array(fc.nat(1_000), { minLength: MAX_REFUNDS + 1, maxLength: MAX_REFUNDS + 1 }),
});

/** Lines that pass the checks when they are posted in this order: each original before its refunds. */
export const arbitraryLines: fc.Arbitrary<WireLine[]> = fc
  .uniqueArray(family, { selector: ({ original }) => original.lineNo, maxLength: 10 })
  .map((families) => {
    const placed = families.flatMap(({ original: stated, refunds, places }) => {
      const amount = amountText(stated.unitPrice, stated.quantity);
      const original: WireLine = { ...stated, name: "费用", amount };
      const sorted = [...places].sort((a, b) => a - b);
      return [original, ...refundsOf(original, refunds)].map((line, index) => ({
        line,
        place: sorted[index] ?? 0,
      }));
    });
    return placed.sort((a, b) => a.place - b.place).map(({ line }) => line);
  });

export const arbitraryBill: fc.Arbitrary<WireBill> = fc.record({
  tier: fc.constantFrom(1, 2, 3),
  visit: fc.record({
    visitType: fc.constantFrom(...visitTypes),
    admittedAt: fc.constant(`${FIRST_DAY}T00:00:00+08:00`),
    employerNotice: maybe(fc.constant({ reference: "TZ1", at: `${FIRST_DAY}T01:00:00+08:00` })),
  }),
  case: fc.record({
    injuries: fc.constantFrom(
      [],
      [{ diagnosisPrefixes: ["S62"] }],
      [{ diagnosisPrefixes: ["T14"] }, { diagnosisPrefixes: ["S61", "S62.3"] }],
    ),
  }),
  policy: fc.record({
    unrelatedBearer: bearer,
    noEmployerNoticeBearer: bearer,
    noConsentBearer: bearer,
    overCapBearer: bearer,
    overQuantityBearer: bearer,
    releasedBearer: bearer,
    mealAllowancePerDay: fc.constant("15.00"),
  }),
  items,
  lines: arbitraryLines,
});

const isOriginal = ({ refundOf }: WireLine): boolean => refundOf === undefined;

/** A refund of everything that is left of each line. */
export function refundEverything(lines: readonly WireLine[]): WireLine[] {
  return lines.filter(isOriginal).flatMap((original): WireLine[] => {
    const refunds = lines.filter(({ refundOf }) => refundOf === original.lineNo);
    const left = [original, ...refunds].map((line) => exact(line.quantity)).reduce(plus);
    if (!isLess(NONE, left)) return [];
    const units = (left.dividend * 10_000n) / left.divisor;
    const leftFen = [original, ...refunds].reduce((sum, line) => sum + roundToFen(exact(line.amount)), 0n);
    return [
      {
        ...original,
        lineNo: `${original.lineNo}#all`,
        refundOf: original.lineNo,
        quantity: `-${units / 10_000n}.${String(units % 10_000n).padStart(4, "0")}`,
        amount: yuanText(-leftFen),
      },
    ];
  });
}
