import { expect, test } from "vitest";
import { makeOncePerMinute } from "../../../functions/kit/once-per-minute.ts";
import { instantOf } from "../../../shared/domain/dates.ts";

const at = (seconds: number) => instantOf(Date.parse("2026-03-01T08:00:00+08:00") + seconds * 1_000);

test("a name is the first once in each minute of the clock, whatever other names come", () => {
  const isFirst = makeOncePerMinute();
  expect([isFirst("a", at(0)), isFirst("a", at(1)), isFirst("b", at(2)), isFirst("b", at(59))]).toEqual([
    true,
    false,
    true,
    false,
  ]);
  expect([isFirst("a", at(60)), isFirst("a", at(61)), isFirst("b", at(119))]).toEqual([true, false, true]);
});

test("a name is among the first as often as is asked for", () => {
  const isFirst = makeOncePerMinute();
  const times = [0, 1, 2, 59, 60].map((seconds) => isFirst("a", at(seconds), 3));
  expect(times).toEqual([true, true, true, false, true]);
});

test("each memory has its own", () => {
  const [one, other] = [makeOncePerMinute(), makeOncePerMinute()];
  expect([one("a", at(0)), other("a", at(0)), one("a", at(0))]).toEqual([true, true, false]);
});
