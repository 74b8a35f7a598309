import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareSides } from "../../shared/comparison/compare-sides.ts";
import { negateAllocation } from "../../shared/domain/bearers.ts";
import { day } from "../../shared/domain/dates.ts";
import { fen, negate, ZERO_FEN } from "../../shared/domain/money.ts";
import { addEntries, NO_DAY_TOTALS } from "../../shared/domain/reconciliation/day-totals.ts";
import type { Difference, Elsewhere, FundEntry } from "../../shared/domain/reconciliation/difference.ts";
import type { DetailRow } from "../../shared/domain/reconciliation/statement.ts";

const PART_SIZE = 7;
const OTHER_DAY = day("2026-03-09");

/** What may have happened to the hospital's copy of an entry. */
const damages = [
  "NONE",
  "LOST",
  "AMOUNT",
  "BEARER",
  "TWICE",
  "FORGOTTEN_AT_FUND",
  "CANCELLED_AT_FUND",
  "COUNTED_ON_ANOTHER_DAY",
] as const;
type Damage = (typeof damages)[number];

const bill = fc.record({
  fund: fc.integer({ min: 1, max: 500_000 }),
  personal: fc.integer({ min: 0, max: 9_999 }),
  isReversed: fc.boolean(),
  hasMessage: fc.boolean(),
  /** By which of its names the hospital knows it. */
  name: fc.constantFrom("SETTLEMENT", "MESSAGE", "BOTH", "TAKEN_BACK"),
  damage: fc.constantFrom(...damages),
  reversalDamage: fc.constantFrom(...damages),
});
type Bill = typeof bill extends fc.Arbitrary<infer T> ? T : never;

function toEntries(given: Bill, index: number): FundEntry[] {
  const allocation = {
    fund: fen(given.fund),
    personal: fen(given.personal),
    employer: ZERO_FEN,
    hospital: ZERO_FEN,
    thirdParty: ZERO_FEN,
    otherInsurer: ZERO_FEN,
  };
  const visitId = `V${index}`;
  const settlement: FundEntry = {
    ...{ kind: "SETTLEMENT", settlementId: `${visitId}-1`, visitId },
    messageKey: given.hasMessage ? `s${index}` : undefined,
    total: fen(given.fund + given.personal),
    allocation,
  };
  if (!given.isReversed) return [settlement];
  const reversal: FundEntry = {
    ...{ kind: "REVERSAL", settlementId: `${visitId}-2`, visitId, reverses: settlement.settlementId },
    messageKey: given.hasMessage ? `r${index}` : undefined,
    total: negate(settlement.total),
    allocation: negateAllocation(allocation),
  };
  return [settlement, reversal];
}

function toRow(entry: FundEntry, name: Bill["name"]): DetailRow {
  const { kind, settlementId, messageKey, total, allocation, reverses } = entry;
  const figures = { kind, total, allocation };
  if (name === "TAKEN_BACK" && reverses !== undefined) return { ...figures, settlementId: reverses };
  if (name === "MESSAGE" && messageKey !== undefined) return { ...figures, messageKey };
  return { ...figures, settlementId, ...(name === "BOTH" ? { messageKey } : {}) };
}

interface Copy {
  readonly rows: readonly DetailRow[];
  readonly entries: readonly FundEntry[];
  readonly cause?: string;
  readonly elsewhere?: Elsewhere;
}

/** Moves a fen from one bearer to another: the total stays. */
const shifted = ({ fund, employer, ...rest }: DetailRow["allocation"]) => ({
  ...rest,
  fund: fen(fund - Math.sign(fund)),
  employer: fen(employer + Math.sign(fund)),
});

function damaged(entry: FundEntry, row: DetailRow, damage: Damage): Copy {
  const isSettlement = entry.kind === "SETTLEMENT";
  const oneSided = "REVERSED_AT_ONE_SIDE";
  switch (damage) {
    case "NONE":
      return { rows: [row], entries: [entry] };
    case "LOST":
      return { rows: [], entries: [entry], cause: isSettlement ? "MISSING_AT_HOSPITAL" : oneSided };
    case "AMOUNT": {
      const fund = fen(row.allocation.fund * 2);
      const changed = {
        ...row,
        total: fen(row.total + row.allocation.fund),
        allocation: { ...row.allocation, fund },
      };
      return { rows: [changed], entries: [entry], cause: "AMOUNT_DIFFERS" };
    }
    case "BEARER":
      return {
        rows: [{ ...row, allocation: shifted(row.allocation) }],
        entries: [entry],
        cause: "AMOUNT_DIFFERS",
      };
    case "TWICE":
      return { rows: [row, row], entries: [entry], cause: "DUPLICATE_AT_HOSPITAL" };
    case "FORGOTTEN_AT_FUND":
      return { rows: [row], entries: [], cause: isSettlement ? "MISSING_AT_FUND" : oneSided };
    case "CANCELLED_AT_FUND":
      return { rows: [row], entries: [], cause: oneSided, elsewhere: { kind: "CANCELLED" } };
    case "COUNTED_ON_ANOTHER_DAY": {
      const { settlementId } = entry;
      const elsewhere: Elsewhere = { kind: "OTHER_DAY", day: OTHER_DAY, settlementId };
      return { rows: [row], entries: [], cause: "OTHER_DAY", elsewhere };
    }
  }
}

function* inBatches<T>(items: readonly T[], size: number): Generator<readonly T[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}

async function compare(
  entries: readonly FundEntry[],
  rows: readonly DetailRow[],
  known: ReadonlyMap<DetailRow, Elsewhere>,
) {
  const nameOf = ({ kind, settlementId, messageKey }: DetailRow): string =>
    JSON.stringify([kind, settlementId, messageKey]);
  const byName = new Map([...known].map(([row, elsewhere]) => [nameOf(row), elsewhere]));
  const found: Difference[] = [];
  const comparison = await compareSides({
    entries: inBatches(entries, 3),
    rows: inBatches(rows, 5),
    locateUnmatchedRows: async (alone) => alone.map((row) => byName.get(nameOf(row)) ?? { kind: "NOWHERE" }),
    keep: async (differences, part) => {
      expect(found).toHaveLength(part * PART_SIZE);
      found.push(...differences);
    },
    partSize: PART_SIZE,
  });
  return { comparison, found };
}

const shuffled = <T>(items: readonly T[], seed: number): T[] =>
  items
    .map((item, index) => ({ item, order: (Math.imul(index + 1, 2_654_435_761) ^ seed) >>> 0 }))
    .sort((a, b) => a.order - b.order)
    .map(({ item }) => item);

describe("a random day, with a randomly damaged copy of it at the hospital", () => {
  it("has every damage found with its cause, and nothing else; mended, it agrees", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(bill, { maxLength: 40 }), fc.nat(), async (bills, seed) => {
        const copies = bills.flatMap((given, index) =>
          toEntries(given, index).map((entry) => {
            const row = toRow(entry, given.name);
            const damage = entry.kind === "SETTLEMENT" ? given.damage : given.reversalDamage;
            return damaged(entry, row, damage);
          }),
        );
        const entries = copies.flatMap((copy) => copy.entries);
        const rows = shuffled(
          copies.flatMap((copy) => copy.rows),
          seed,
        );
        const known = new Map<DetailRow, Elsewhere>();
        for (const {
          rows: [row],
          elsewhere,
        } of copies)
          if (row !== undefined && elsewhere !== undefined) known.set(row, elsewhere);

        const { comparison, found } = await compare(entries, rows, known);
        const expected = copies.flatMap(({ cause }) => (cause === undefined ? [] : [cause]));
        expect(found.map(({ cause }) => cause).sort()).toEqual(expected.sort());
        expect(Object.values(comparison.causes).reduce((sum, count) => sum + count, 0)).toBe(expected.length);
        expect(comparison.fund).toEqual(addEntries(NO_DAY_TOTALS, entries));
        expect(comparison.hospital).toEqual(addEntries(NO_DAY_TOTALS, rows));

        const mended = entries.map((entry, index) => toRow(entry, index % 2 === 0 ? "SETTLEMENT" : "BOTH"));
        const again = await compare(entries, shuffled(mended, seed), new Map());
        expect(again.found).toEqual([]);
        expect(again.comparison.hospital).toEqual(again.comparison.fund);
      }),
      { numRuns: 60 },
    );
  });
});
