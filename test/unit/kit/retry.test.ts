import { describe, expect, test } from "vitest";
import { type RetryPolicy, retry } from "../../../shared/retry.ts";

/** A policy that waits for nothing and notes how long it was told to. */
function noted(policy: Partial<RetryPolicy> = {}) {
  const pauses: number[] = [];
  const pause = async (pauseMs: number) => pauses.push(pauseMs);
  return { pauses, policy: { attempts: 5, firstPauseMs: 10, longestPauseMs: 35, pause, ...policy } };
}

describe("a retry", () => {
  test("ends with the first attempt that comes to something, and waits for none after it", async () => {
    const { pauses, policy } = noted();
    const attempts: number[] = [];
    const done = await retry(policy, async (number) => {
      attempts.push(number);
      return number === 2 ? "DONE" : "AGAIN";
    });
    expect(done).toBe("DONE");
    expect(attempts).toEqual([0, 1, 2]);
    expect(pauses).toEqual([10, 20]);
  });

  test("waits twice as long each time up to the longest pause, and not after the last attempt", async () => {
    const { pauses, policy } = noted();
    expect(await retry(policy, async () => "AGAIN")).toBe("AGAIN");
    expect(pauses).toEqual([10, 20, 35, 35]);
  });

  test("begins no attempt once nobody waits for the result", async () => {
    let attempts = 0;
    const { policy } = noted({ isOver: () => attempts === 2 });
    const done = await retry(policy, async () => {
      attempts += 1;
      return "AGAIN";
    });
    expect([done, attempts]).toEqual(["AGAIN", 2]);
  });

  test("repeats nothing that throws", async () => {
    const { pauses, policy } = noted();
    const failing = retry(policy, () => Promise.reject(new Error("broken")));
    await expect(failing).rejects.toThrow("broken");
    expect(pauses).toEqual([]);
  });
});
