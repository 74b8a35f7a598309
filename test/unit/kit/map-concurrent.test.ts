import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { chunksOf } from "../../../shared/chunks.ts";
import { mapConcurrent } from "../../../shared/map-concurrent.ts";

const turns = async (count: number): Promise<void> => {
  for (let turn = 0; turn < count; turn += 1) await Promise.resolve();
};

describe("a bounded pool", () => {
  test("keeps the order of the items and never has more under way than it may, whatever each takes", async () => {
    const delays = fc.array(fc.nat(20), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(delays, fc.integer({ min: 1, max: 8 }), async (items, concurrency) => {
        let [underWay, most] = [0, 0];
        const results = await mapConcurrent(items, concurrency, async (delay) => {
          underWay += 1;
          most = Math.max(most, underWay);
          await turns(delay);
          underWay -= 1;
          return delay * 2;
        });
        expect(results).toEqual(items.map((delay) => delay * 2));
        expect(most).toBe(Math.min(concurrency, items.length));
      }),
    );
  });

  test("begins nothing after a failure, finishes what is under way, and then throws the first failure", async () => {
    const begun: number[] = [];
    const finished: number[] = [];
    const all = mapConcurrent([0, 1, 2, 3, 4], 2, async (item) => {
      begun.push(item);
      await turns(item === 1 ? 1 : 10);
      if (item === 1) throw new Error("first");
      finished.push(item);
    });
    await expect(all).rejects.toThrow("first");
    expect(begun).toEqual([0, 1]);
    expect(finished).toEqual([0]);
  });
});

describe("chunks", () => {
  test("hold every item once, in order, and all but the last are full", () => {
    fc.assert(
      fc.property(fc.array(fc.nat()), fc.integer({ min: 1, max: 9 }), (items, size) => {
        const chunks = chunksOf(items, size);
        expect(chunks.flat()).toEqual(items);
        expect(chunks.slice(0, -1).every((chunk) => chunk.length === size)).toBe(true);
        expect(chunks.every((chunk) => chunk.length > 0 && chunk.length <= size)).toBe(true);
      }),
    );
  });
});
