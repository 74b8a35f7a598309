import fc from "fast-check";
import { expect, test } from "vitest";
import { adjudicateBill } from "../../shared/domain/settlements/adjudicate-bill.ts";
import type { ChargeLine } from "../../shared/domain/visits/charge-line.ts";
import { checkLines } from "../../shared/domain/visits/check-lines.ts";
import type { Database } from "../../shared/store/kit/database.ts";
import type { Write } from "../../shared/store/kit/transaction.ts";
import { recordSettlement } from "../../shared/store/settlements/settlement-store.ts";
import { recordUsed } from "../../shared/store/settlements/used-quantities.ts";
import { fitsSettlement } from "../../shared/store/visits/bill-size.ts";
import { appendCharges } from "../../shared/store/visits/charge-parts.ts";
import { makeBill, makeItemOf, makeLine, makeSettlement, toDay } from "../support/builders.ts";
import { makeIncompressible } from "../support/incompressible.ts";

/** What DynamoDB takes: an item of 400 KB, a transaction of 100 items and 4 MB; some is left for what is written beside. */
const [ITEM_BYTES, ITEMS, TRANSACTION_BYTES] = [400 * 1024, 88, 3_800_000];
const MESSAGE_LINES = 500;

/** How many bytes an item takes, by the rules of DynamoDB; more rather than less. */
function bytesOf(value: unknown): number {
  if (typeof value === "string") return Buffer.byteLength(value);
  if (value instanceof Uint8Array) return value.byteLength;
  if (typeof value !== "object" || value === null) return 21;
  return Object.entries(value).reduce(
    (sum, [name, each]) => sum + Buffer.byteLength(name) + bytesOf(each) + 4,
    3,
  );
}
function checkWrites(writes: readonly Write[]): void {
  const sizes = writes.map(({ item }) => bytesOf(item.Put?.Item ?? {}));
  expect(Math.max(...sizes)).toBeLessThanOrEqual(ITEM_BYTES);
  expect(sizes.length).toBeLessThanOrEqual(ITEMS);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(TRANSACTION_BYTES);
}

const db = { ledger: "Ledger" } as const;
const asDatabase = (names: typeof db): Database => Object.assign(Object.create(null), names);

/** Which fields are as long as they may be, and how many lines a refund is of. */
const profile = fc.record({
  seed: fc.integer(),
  lineNo: fc.boolean(),
  itemCode: fc.boolean(),
  name: fc.constantFrom("SHORT" as const, "ASCII" as const, "WORDS" as const),
  others: fc.boolean(),
  refundsOf: fc.constantFrom(0, 1, 40, 1_000),
});

/** As many lines of a profile as one visit may take, up to 10,000. */
function fillBill(of: typeof profile extends fc.Arbitrary<infer Profile> ? Profile : never) {
  const noise = makeIncompressible(of.seed);
  const codes = Array.from({ length: 300 }, (_, index) => (of.itemCode ? noise.code(40) : `I${index}`));
  const names = { SHORT: () => "换药", ASCII: () => noise.printable(200), WORDS: () => noise.words(200) };
  const lines: ChargeLine[] = [];
  let [original, left]: [ChargeLine | undefined, number] = [undefined, 0];
  const makeNext = (index: number): ChargeLine => {
    const common = {
      lineNo: of.lineNo ? noise.printable(64) : `L${index}`,
      name: names[of.name](),
      serviceAt: `2026-03-0${5 + (index % 5)}T0${index % 10}:${10 + (index % 50)}:00+08:00`,
      ...(of.others
        ? {
            hospitalItemCode: noise.printable(64),
            consent: { signedBy: "RELATIVE", reference: noise.words(100) },
          }
        : {}),
    };
    if (original !== undefined && left > 0) {
      left -= 1;
      const { itemCode, lineNo: refundOf } = original;
      return makeLine({
        ...common,
        itemCode,
        refundOf,
        quantity: "-0.0001",
        unitPrice: "31.77",
        amount: "-0.00",
      });
    }
    const itemCode = codes[index % codes.length] ?? "";
    const cents = noise.integer(1, 9_999_999);
    const isRefunded = of.refundsOf > 0;
    const unitPrice = isRefunded
      ? "31.77"
      : `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, "0")}`;
    const line = makeLine({ ...common, itemCode, unitPrice, quantity: isRefunded ? "3" : "1" });
    [original, left] = [line, of.refundsOf];
    return line;
  };
  while (lines.length < 10_000) {
    const message = Array.from({ length: MESSAGE_LINES }, (_, index) => makeNext(lines.length + index));
    if (!fitsSettlement([...lines, ...message])) break;
    lines.push(...message);
  }
  return { lines, codes };
}

test("whatever the length of every field, a bill that is taken in fits into the transaction that settles it", () => {
  fc.assert(
    fc.property(profile, (of) => {
      const { lines, codes } = fillBill(of);
      expect(lines.length).toBeGreaterThanOrEqual(2_000);
      const limits = { injuredOn: toDay("2026-03-01"), admittedOn: toDay("2026-03-05"), settledCount: 0 };
      expect(checkLines(lines, [], { ...limits, latestOn: toDay("2026-03-10") })).toEqual([]);
      const items = codes.map((itemCode) =>
        makeItemOf(
          { caps: { "1": "1.11", "2": "2.22", "3": "13.33" }, fundRatio: "0.7531", maxPerDay: "1.5" },
          { itemCode },
        ),
      );
      const { lines: allocated, used } = adjudicateBill(makeBill({ lines, items }));
      const store = asDatabase(db);
      const settled = recordSettlement(store, makeSettlement(), 1, allocated);
      checkWrites([...settled, ...recordUsed(store, { hospitalCode: "H1", visitId: "V1" }, 1, used)]);
      const visit = { hospitalCode: "H1", visitId: "V1", version: 2 };
      const lineNos = lines.map(({ lineNo }) => lineNo);
      checkWrites(appendCharges(store, visit, [], { revoked: lineNos, by: "key" }));
      checkWrites(appendCharges(store, visit, [], { posted: lines.slice(0, MESSAGE_LINES), by: "key" }));
    }),
    { numRuns: 4, endOnFailure: true },
  );
}, 240_000);
