import * as z from "zod/mini";
import { type Allocation, mapAllocation } from "../../domain/bearers.ts";
import { day, type Instant } from "../../domain/dates.ts";
import { normaliseDiagnosisCode } from "../../domain/diagnosis-code.ts";
import { type Fen, fen, price, quantity } from "../../domain/money.ts";

/** Fields as items keep them: plain numbers and strings, branded again on the way out. */
export const StoredFen = z.pipe(z.number(), z.transform(fen));
export const StoredPrice = z.pipe(z.number(), z.transform(price));
export const StoredQuantity = z.pipe(z.number(), z.transform(quantity));
export const StoredDay = z.pipe(z.string(), z.transform(day));

const isInstant = (text: unknown): text is Instant => typeof text === "string" && text.endsWith("+08:00");
export const StoredInstant = z.custom<Instant>(isInstant);

/** Kept as it was written before codes were kept in one spelling. */
export const StoredDiagnosisCode = z.pipe(z.string(), z.transform(normaliseDiagnosisCode));

export const StoredBytes = z.instanceof(Uint8Array);

const StoredParts = z.tuple([StoredFen, StoredFen, StoredFen, StoredFen, StoredFen, StoredFen]);

/** An allocation as a list of six, in the order of the bearers. */
export const StoredAllocation = z.pipe(
  StoredParts,
  z.transform(
    ([fund, employer, hospital, thirdParty, otherInsurer, personal]): Allocation => ({
      fund,
      employer,
      hospital,
      thirdParty,
      otherInsurer,
      personal,
    }),
  ),
);

export function toStoredAllocation(allocation: Allocation): Fen[] {
  const parts: Fen[] = [];
  mapAllocation(allocation, (part) => parts.push(part));
  return parts;
}
