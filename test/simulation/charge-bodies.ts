import type { SeededRandom } from "../../infra/demo/seeded-random.ts";
import { amountText } from "../support/exact.ts";
import type { WireLine } from "../support/example-bills.ts";
import type { KnownVisit } from "./hospital-books.ts";
import { itemCodes } from "./world.ts";

const DAY_MS = 86_400_000;
const maybe = <T extends object>(random: SeededRandom, probability: number, fields: T): T | undefined =>
  random.chance(probability) ? fields : undefined;

function makeLine(random: SeededRandom, visit: KnownVisit, lineNo: string): WireLine {
  const quantity = random.pick(["1", "2", "3", "0.5"]);
  const unitPrice = random.pick(["10", "11.5", "0.015", "25.255", "99.99"]);
  const at = Date.parse(visit.admittedAt) + random.integer(0, 1) * DAY_MS + random.integer(0, 3) * 3_600_000;
  return {
    lineNo,
    itemCode: random.pick(itemCodes),
    name: "费用",
    quantity,
    unitPrice,
    amount: amountText(unitPrice, quantity),
    serviceAt: new Date(at).toISOString(),
    ...maybe(random, 0.1, { injuryRelated: false }),
    ...maybe(random, 0.3, { restrictionMet: true }),
    ...maybe(random, 0.2, { diagnosisCode: random.pick(["S62.301", "S61.001", "I10.x00"]) }),
    ...maybe(random, 0.2, { consent: { signedBy: random.pick(["EMPLOYER", "WORKER"]), reference: "TY1" } }),
  };
}

/** A refund of all of a line, or of one unit of it. */
function makeRefund(random: SeededRandom, original: WireLine, lineNo: string): WireLine {
  const quantity = random.chance(0.5) ? original.quantity : "1";
  return {
    lineNo,
    itemCode: original.itemCode,
    name: original.name,
    quantity: `-${quantity}`,
    unitPrice: original.unitPrice,
    amount: `-${amountText(original.unitPrice, quantity)}`,
    serviceAt: original.serviceAt,
    refundOf: original.lineNo,
  };
}

/** Lines and refunds of one upload; now and then one that must be refused, or a number that was used before. */
export function makeLines(random: SeededRandom, visit: KnownVisit, prefix: string): WireLine[] {
  const count = random.integer(1, 4);
  const lines = Array.from({ length: count }, (_, index): WireLine => {
    const originals = [...visit.lines.values()].filter(({ refundOf }) => refundOf === undefined);
    const lineNo = `${prefix}-${index}`;
    if (originals.length > 0 && random.chance(0.25))
      return makeRefund(random, random.pick(originals), lineNo);
    const again = originals.length > 0 && random.chance(0.12) ? random.pick(originals).lineNo : lineNo;
    return makeLine(random, visit, again);
  });
  const [first] = lines;
  if (first !== undefined && random.chance(0.04)) return [{ ...first, amount: "0.07" }, ...lines.slice(1)];
  for (const line of lines) visit.lines.set(line.lineNo, line);
  return lines;
}
