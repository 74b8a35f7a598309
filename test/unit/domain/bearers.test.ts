import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import {
  addAllocations,
  Bearer,
  bearers,
  fieldOf,
  formatAllocation,
  mapAllocation,
  negateAllocation,
  totalOf,
  ZERO_ALLOCATION,
} from "../../../shared/domain/bearers.ts";
import { makeAllocation } from "../../support/builders.ts";

const allocation = makeAllocation({
  fund: "1.00",
  employer: "2.00",
  hospital: "4.00",
  thirdParty: "8.00",
  otherInsurer: "16.00",
  personal: "32.00",
});

describe("an allocation", () => {
  it("has a field of its own for each of the six bearers", () => {
    expect(bearers.length).toBe(6);
    expect(bearers.map((bearer) => fieldOf[bearer])).toEqual(Object.keys(ZERO_ALLOCATION));
  });

  it("adds up to what all six bear", () => {
    expect(totalOf(allocation)).toBe(6_300);
    expect(totalOf(ZERO_ALLOCATION)).toBe(0);
  });

  it("is added bearer by bearer", () => {
    expect(addAllocations(allocation, makeAllocation({ fund: "0.01", personal: "-32.00" }))).toEqual(
      makeAllocation({
        fund: "1.01",
        employer: "2.00",
        hospital: "4.00",
        thirdParty: "8.00",
        otherInsurer: "16.00",
      }),
    );
  });

  it("and its negative add up to nothing, without a negative zero", () => {
    expect(addAllocations(allocation, negateAllocation(allocation))).toEqual(ZERO_ALLOCATION);
    expect(negateAllocation(ZERO_ALLOCATION)).toEqual(ZERO_ALLOCATION);
    expect(negateAllocation(allocation).fund).toBe(-100);
  });

  it("is shown in yuan, each bearer by name", () => {
    expect(formatAllocation(allocation)).toEqual({
      fund: "1.00",
      employer: "2.00",
      hospital: "4.00",
      thirdParty: "8.00",
      otherInsurer: "16.00",
      personal: "32.00",
    });
  });

  it("is mapped with the name of each field", () => {
    expect(mapAllocation(allocation, (part, field) => `${field} ${part}`)).toEqual({
      fund: "fund 100",
      employer: "employer 200",
      hospital: "hospital 400",
      thirdParty: "thirdParty 800",
      otherInsurer: "otherInsurer 1600",
      personal: "personal 3200",
    });
  });
});

describe("a bearer", () => {
  it("is one of the six and nobody else", () => {
    expect(bearers.map((bearer) => z.parse(Bearer, bearer))).toEqual(bearers);
    expect(z.safeParse(Bearer, "STATE").success).toBe(false);
  });
});
