import { describe, expect, test } from "vitest";
import { makeRateLimit } from "../../../functions/kit/rate-limit.ts";
import { getStage, stageNames } from "../../../infra/aws/stages.ts";

describe("an institution", () => {
  const start = (perSecond: number, burst: number) => {
    let atMs = 0;
    const take = makeRateLimit({ perSecond, burst }, () => atMs);
    return {
      take,
      wait: (ms: number) => {
        atMs += ms;
      },
    };
  };

  test("may make as many requests at once as the burst has, then so many a second", () => {
    const { take, wait } = start(2, 3);
    expect([take("H1"), take("H1"), take("H1"), take("H1")]).toEqual([undefined, undefined, undefined, 1]);
    wait(500);
    expect([take("H1"), take("H1")]).toEqual([undefined, 1]);
    wait(60_000);
    expect([take("H1"), take("H1"), take("H1"), take("H1")]).toEqual([undefined, undefined, undefined, 1]);
  });

  test("is told how long to wait", () => {
    const { take } = start(0.1, 1);
    expect([take("H1"), take("H1")]).toEqual([undefined, 10]);
  });

  test("does not pay for another", () => {
    const { take } = start(1, 1);
    expect([take("H1"), take("H2"), take("H1")]).toEqual([undefined, undefined, 1]);
  });

  test("that is refused does not push its own turn away", () => {
    const { take, wait } = start(1, 1);
    take("H1");
    for (let index = 0; index < 9; index += 1) {
      wait(100);
      expect(take("H1")).toBe(1);
    }
    wait(100);
    expect(take("H1")).toBeUndefined();
  });

  test.each(stageNames)(
    "that asks an instance of stage %s as fast as it answers is held back soon",
    (name) => {
      const { ratePerSecond, burst } = getStage(name).perInstitution;
      const { take, wait } = start(ratePerSecond, burst);
      let taken = 0;
      // An instance takes one request at a time; a short one lasts some 25 ms.
      for (let refused: number | undefined; refused === undefined; taken += 1) {
        wait(25);
        refused = take("H1");
        expect(taken).toBeLessThan(300);
      }
      expect(taken).toBeGreaterThan(burst);
    },
  );
});
