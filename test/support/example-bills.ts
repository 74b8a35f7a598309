import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod/mini";
import { formatAllocation } from "../../shared/domain/bearers.ts";
import { CatalogueItem, Tier } from "../../shared/domain/catalogue/catalogue.ts";
import { PolicyTerms } from "../../shared/domain/catalogue/policy.ts";
import { day, dayOf, InstantSchema } from "../../shared/domain/dates.ts";
import { formatYuan } from "../../shared/domain/money.ts";
import type { Adjudication, Bill } from "../../shared/domain/settlements/adjudicate-bill.ts";
import type { LineAllocation } from "../../shared/domain/settlements/allocate-line.ts";
import { VisitType } from "../../shared/domain/visit-type.ts";
import { ChargeLine } from "../../shared/domain/visits/charge-line.ts";
import type { LineLimits } from "../../shared/domain/visits/check-lines.ts";

// A bill as it would come over the wire: decimals and instants are still text.
const text = z.string();
const flag = z.optional(z.boolean());
const Caps = z.strictObject({ "1": text, "2": text, "3": text });
const WirePeriod = z.strictObject({
  from: text,
  to: z.nullable(text),
  medical: z.boolean(),
  rehabilitation: z.boolean(),
  restricted: z.boolean(),
  caps: z.nullable(Caps),
  maxPerDay: z.optional(text),
  maxPerVisit: z.optional(text),
  fundRatio: z.optional(text),
  ratioRemainderBearer: z.optional(text),
  overCapBearer: z.optional(text),
});
const WireItem = z.strictObject({
  itemCode: text,
  name: text,
  kind: text,
  unit: text,
  periods: z.array(WirePeriod),
});
const WireLine = z.strictObject({
  lineNo: text,
  itemCode: text,
  name: text,
  quantity: text,
  unitPrice: text,
  amount: text,
  serviceAt: text,
  injuryRelated: flag,
  restrictionMet: flag,
  diagnosisCode: z.optional(text),
  consent: z.optional(z.strictObject({ signedBy: text, reference: text })),
  refundOf: z.optional(text),
});
const WirePolicy = z.strictObject({
  unrelatedBearer: text,
  noEmployerNoticeBearer: text,
  noConsentBearer: text,
  overCapBearer: text,
  overQuantityBearer: text,
  releasedBearer: text,
  mealAllowancePerDay: text,
});
const WireBill = z.strictObject({
  tier: Tier,
  visit: z.strictObject({
    visitType: VisitType,
    admittedAt: text,
    dischargedAt: z.optional(text),
    employerNotice: z.optional(z.strictObject({ reference: text, at: text })),
  }),
  case: z.strictObject({ injuries: z.array(z.object({ diagnosisPrefixes: z.array(text) })) }),
  policy: WirePolicy,
  items: z.array(WireItem),
  lines: z.array(WireLine),
});
export type WirePeriod = z.infer<typeof WirePeriod>;
export type WireItem = z.infer<typeof WireItem>;
export type WireLine = z.infer<typeof WireLine>;
export type WireBill = z.infer<typeof WireBill>;

const WireReason = z.strictObject({ code: text, bearer: text, amount: text });
const WireAllocation = z.strictObject({
  fund: text,
  employer: text,
  hospital: text,
  thirdParty: text,
  otherInsurer: text,
  personal: text,
});
const ExpectedLine = z.strictObject({ allocation: WireAllocation, reasons: z.array(WireReason) });

const ExampleBill = z.strictObject({
  name: text,
  bill: WireBill,
  expected: z.strictObject({
    lines: z.record(text, ExpectedLine),
    total: text,
    allocation: WireAllocation,
  }),
});
export type ExampleBill = z.infer<typeof ExampleBill>;

/** A file of bills is a list; one that is not holds examples of another kind, which their own tests read. */
function readBillFile(path: string): ExampleBill[] {
  const content: unknown = JSON.parse(readFileSync(path, "utf8"));
  return Array.isArray(content) ? z.parse(z.array(ExampleBill), content) : [];
}

/** Every bill of every JSON file of a folder; none where there is no such folder. */
export function readBillFolder(folder: string): ExampleBill[] {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  const files = names.filter((name) => name.endsWith(".json"));
  return files.sort().flatMap((name) => readBillFile(join(folder, name)));
}

/** The bill as the domain knows it: every part goes through the schema that a request goes through. */
export function parseBill(wire: WireBill): Bill {
  const stated = wire.items.map((item) => z.parse(CatalogueItem, item));
  const items = new Map(stated.map((item) => [item.itemCode, item]));
  return {
    visitType: wire.visit.visitType,
    tier: wire.tier,
    employerNotice: wire.visit.employerNotice !== undefined,
    injuries: wire.case.injuries,
    policy: z.parse(PolicyTerms, wire.policy),
    findItem: (itemCode) => items.get(itemCode),
    lines: wire.lines.map((line) => z.parse(ChargeLine, line)),
    usedBefore: [],
  };
}

/** What the lines of such a bill are checked against; the injury was on the day of admission. */
export function limitsOf({ visit }: WireBill): LineLimits {
  const admittedOn = dayOf(z.parse(InstantSchema, visit.admittedAt));
  const limits = { injuredOn: admittedOn, admittedOn, settledCount: 0, latestOn: day("9999-12-31") };
  if (visit.dischargedAt === undefined) return limits;
  return { ...limits, dischargedOn: dayOf(z.parse(InstantSchema, visit.dischargedAt)) };
}

const showLine = ({ allocation, reasons }: LineAllocation): z.infer<typeof ExpectedLine> => ({
  allocation: formatAllocation(allocation),
  reasons: reasons.map((reason) => ({ ...reason, amount: formatYuan(reason.amount) })),
});

/** What adjudication found, in the words of the examples: amounts in yuan, lines by their number. */
export const showAdjudication = ({ lines, total, allocation }: Adjudication): ExampleBill["expected"] => ({
  lines: Object.fromEntries(lines.map((each) => [each.line.original.lineNo, showLine(each)])),
  total: formatYuan(total),
  allocation: formatAllocation(allocation),
});
