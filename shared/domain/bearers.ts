import * as z from "zod/mini";
import { type Fen, fen, formatYuan, negate, ZERO_FEN } from "./money.ts";

/** 承担方: who pays a part of a line. */
export const bearers = ["FUND", "EMPLOYER", "HOSPITAL", "THIRD_PARTY", "OTHER_INSURER", "PERSONAL"] as const;
export const Bearer = z.enum(bearers);
export type Bearer = (typeof bearers)[number];

/** What each bearer pays of an amount; the six add up to it. */
export interface Allocation {
  readonly fund: Fen;
  readonly employer: Fen;
  readonly hospital: Fen;
  readonly thirdParty: Fen;
  readonly otherInsurer: Fen;
  readonly personal: Fen;
}

export type AllocationField = keyof Allocation;

export const fieldOf = {
  FUND: "fund",
  EMPLOYER: "employer",
  HOSPITAL: "hospital",
  THIRD_PARTY: "thirdParty",
  OTHER_INSURER: "otherInsurer",
  PERSONAL: "personal",
} as const satisfies Record<Bearer, AllocationField>;

export const ZERO_ALLOCATION: Allocation = {
  fund: ZERO_FEN,
  employer: ZERO_FEN,
  hospital: ZERO_FEN,
  thirdParty: ZERO_FEN,
  otherInsurer: ZERO_FEN,
  personal: ZERO_FEN,
};

/** Applies one function to each bearer's part. */
export function mapAllocation<T>(
  allocation: Allocation,
  convert: (part: Fen, field: AllocationField) => T,
): Record<AllocationField, T> {
  return {
    fund: convert(allocation.fund, "fund"),
    employer: convert(allocation.employer, "employer"),
    hospital: convert(allocation.hospital, "hospital"),
    thirdParty: convert(allocation.thirdParty, "thirdParty"),
    otherInsurer: convert(allocation.otherInsurer, "otherInsurer"),
    personal: convert(allocation.personal, "personal"),
  };
}

export const addAllocations = (a: Allocation, b: Allocation): Allocation =>
  mapAllocation(a, (part, field) => fen(part + b[field]));

export const negateAllocation = (a: Allocation): Allocation => mapAllocation(a, negate);

export const totalOf = (a: Allocation): Fen =>
  fen(a.fund + a.employer + a.hospital + a.thirdParty + a.otherInsurer + a.personal);

/** `{fund: "128.50", …}` as answers show it. */
export const formatAllocation = (a: Allocation): Record<AllocationField, string> =>
  mapAllocation(a, formatYuan);
