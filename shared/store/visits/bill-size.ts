import { chunksOf } from "../../chunks.ts";
import { dayOf } from "../../domain/dates.ts";
import type { ChargeLine } from "../../domain/visits/charge-line.ts";
import { pack } from "../kit/packed.ts";

/** A transaction takes 4 MB; what is written beside the settled lines needs some of it. */
const MAX_BILL_BYTES = 3_000_000;

/** More than what the amounts, reasons and names of fields of one settled line come to, before and after packing. */
const FIGURES_TEXT_BYTES = 600;
const FIGURES_PACKED_BYTES = 120;

const LINES_AT_ONCE = 1_000;

/** What a settlement keeps of the words of a line; a refund is named by its original. */
const wordsOf = ({ lineNo, itemCode, name, serviceAt }: ChargeLine): readonly string[] => [
  lineNo,
  itemCode,
  name,
  serviceAt,
];
/** What an interim settlement keeps of it beside, to count in later what it used up of limits. */
const usedOf = ({ itemCode, serviceAt }: ChargeLine): readonly string[] => [itemCode, dayOf(serviceAt)];

function packedBytes(lines: readonly ChargeLine[]): number {
  let bytes = lines.length * FIGURES_PACKED_BYTES;
  for (const some of chunksOf(lines, LINES_AT_ONCE)) {
    bytes += pack(some.map(wordsOf)).byteLength + pack(some.map(usedOf)).byteLength;
  }
  return bytes;
}

const textBytes = (line: ChargeLine): number =>
  Buffer.byteLength(JSON.stringify([wordsOf(line), usedOf(line)])) + FIGURES_TEXT_BYTES;

/**
 * Whether these lines can be settled in one transaction, however little their words can be compressed. It never says
 * so wrongly; of a bill that is near the limit it may say no although there would be room.
 */
export function fitsSettlement(lines: readonly ChargeLine[]): boolean {
  let bytes = 0;
  for (const line of lines) bytes += textBytes(line);
  return bytes <= MAX_BILL_BYTES || packedBytes(lines) <= MAX_BILL_BYTES;
}
