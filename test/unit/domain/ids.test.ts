import { describe, expect, it, test } from "vitest";
import * as z from "zod/mini";
import {
  ID_CHANCES,
  idOf,
  isOwnId,
  isVisitId,
  parseSettlementId,
  settlementIdOf,
  visitOfEvent,
  WorkerId,
} from "../../../shared/domain/ids.ts";

const chance = Array.from({ length: ID_CHANCES }, (_, index) => index * 13);
const visitId = idOf("V", chance);

describe("an id", () => {
  it("is a letter and twenty characters, none of them taken for another", () => {
    expect(visitId).toMatch(/^V[0-9A-HJKMNP-TV-Z]{20}$/);
    expect(idOf("V", chance)).toBe(visitId);
    const others = chance.map((_, place) => idOf("V", chance.with(place, (chance[place] ?? 0) + 1)));
    expect(new Set([visitId, ...others]).size).toBe(ID_CHANCES + 1);
  });

  it("says what it is of", () => {
    const workerId = idOf("W", chance);
    expect([isVisitId(visitId), isVisitId(workerId)]).toEqual([true, false]);
    expect([workerId, visitId].map((id) => z.safeParse(WorkerId, id).success)).toEqual([true, false]);
  });

  it("is told from whatever else may stand in its place", () => {
    for (const own of [visitId, `${visitId}-1`, `${visitId}-99999`, idOf("C", chance), idOf("U", chance)])
      expect([own, isOwnId(own)]).toEqual([own, true]);
    for (const other of [
      "",
      "V",
      "999901198103290004",
      `${visitId}x`,
      ` ${visitId}`,
      `${visitId}\n`,
      `${visitId}-`,
    ])
      expect([other, isOwnId(other)]).toEqual([other, false]);
  });
});

describe("a settlement's id", () => {
  it("is its visit's with its number within it, and is taken apart again", () => {
    for (const number of [1, 2, 10, 99_999]) {
      const settlementId = settlementIdOf(visitId, number);
      expect(settlementId).toBe(`${visitId}-${number}`);
      expect(parseSettlementId(settlementId)).toEqual({ visitId, number });
    }
  });

  it("is nothing else", () => {
    const texts = [
      visitId,
      `${visitId}-0`,
      `${visitId}-01`,
      `${visitId}-100000`,
      `W${visitId.slice(1)}-1`,
      "V1-1",
      "",
    ];
    for (const text of texts) expect([text, parseSettlementId(text)]).toEqual([text, undefined]);
  });
});

test("an event of a visit names the visit in its id, and one of a case does not", () => {
  expect(visitOfEvent(`${visitId}-4`)).toBe(visitId);
  for (const other of ["GS-2026-1-4", visitId, ""]) expect(visitOfEvent(other)).toBeUndefined();
});
