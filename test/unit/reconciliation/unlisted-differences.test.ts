import { describe, expect, it } from "vitest";
import { compareSides } from "../../../shared/comparison/compare-sides.ts";
import { fen, ZERO_FEN } from "../../../shared/domain/money.ts";
import { type Difference, MAX_LISTED, totalCount } from "../../../shared/domain/reconciliation/difference.ts";
import type { DetailRow } from "../../../shared/domain/reconciliation/statement.ts";

const parts = {
  employer: ZERO_FEN,
  hospital: ZERO_FEN,
  thirdParty: ZERO_FEN,
  otherInsurer: ZERO_FEN,
  personal: ZERO_FEN,
};
const amounts = { total: fen(2_000), allocation: { ...parts, fund: fen(2_000) } };
const rowOf = (index: number): DetailRow => ({ kind: "SETTLEMENT", messageKey: `m-${index}`, ...amounts });
const entryOf = (index: number) => ({
  ...{ kind: "SETTLEMENT" as const, settlementId: `V${index}-1`, visitId: `V${index}`, ...amounts },
});

function* batches<T>(count: number, make: (index: number) => T): Generator<readonly T[]> {
  for (let start = 0; start < count; start += 500)
    yield Array.from({ length: Math.min(500, count - start) }, (_, index) => make(start + index));
}

async function compare(rows: number, entries: number) {
  const kept: Difference[] = [];
  let lookedUp = 0;
  const compared = await compareSides({
    entries: batches(entries, entryOf),
    rows: batches(rows, rowOf),
    locateUnmatchedRows: async (unmatched) => {
      lookedUp += unmatched.length;
      return unmatched.map(() => ({ kind: "NOWHERE" }));
    },
    keep: async (differences) => {
      kept.push(...differences);
    },
    partSize: 500,
  });
  return { ...compared, kept: kept.length, lookedUp };
}

describe("differences of a day", () => {
  it("are all listed up to 20,000", async () => {
    const { kept, causes, unlisted, lookedUp } = await compare(15_000, 5_000);
    expect([kept, totalCount(causes), unlisted, lookedUp]).toEqual([20_000, 20_000, [], 15_000]);
  });

  it("beyond 20,000 are counted and summed up by cause, not kept, and not looked for elsewhere", async () => {
    const { kept, causes, unlisted, lookedUp } = await compare(60_000, 1_000);
    expect([kept, lookedUp]).toEqual([MAX_LISTED, MAX_LISTED]);
    expect(causes).toMatchObject({ MISSING_AT_FUND: 60_000, MISSING_AT_HOSPITAL: 1_000 });
    expect(unlisted).toEqual([
      { cause: "MISSING_AT_FUND", count: 40_000, hospital: 40_000 * 2_000, fund: 0 },
      { cause: "MISSING_AT_HOSPITAL", count: 1_000, hospital: 0, fund: 1_000 * 2_000 },
    ]);
  });
});
