import type { BillPlan, PlannedExtra } from "./bill-plan.ts";
import { addDays, daysFrom, instantAt } from "./calendar-days.ts";
import type { StepDays } from "./care-step.ts";
import { amountOf } from "./exact-decimal.ts";
import type { CatalogueItemBody, HospitalBody } from "./registry-bodies.ts";
import { stayCourses } from "./stay-courses.ts";
import { findCoveringPeriod, priceFromCap } from "./unit-prices.ts";
import type { ChargeLineBody } from "./visit-bodies.ts";
import { visitCourses } from "./visit-courses.ts";

/** What a plan is priced with. */
export interface PricingContext {
  readonly tier: HospitalBody["tier"];
  /** Throws for an item that is not in the catalogue. */
  readonly getItem: (itemCode: string) => CatalogueItemBody;
  readonly consentReference: string;
}

type Draft = Omit<ChargeLineBody, "lineNo" | "refundOf"> & {
  readonly refund?: { readonly quantity: string; readonly at: string };
};

const careCourses = { ...visitCourses, ...stayCourses };

/** The days of a step, counted from admission. */
function dayOffsets(days: StepDays, lengthOfStay: number): readonly number[] {
  if (days === "last") return [lengthOfStay];
  return days === "daily" ? Array.from({ length: Math.max(1, lengthOfStay) }, (_, day) => day) : days;
}

/** Nothing is done before the worker has arrived, whatever the course says. */
function serviceInstant(plan: BillPlan, offset: number, time: string): string {
  const [day, admittedTime] = plan.admitted;
  return instantAt(addDays(day, offset), offset === 0 && time < admittedTime ? admittedTime : time);
}

function draftLine(plan: BillPlan, extra: PlannedExtra, offset: number, context: PricingContext): Draft {
  const [itemCode, , quantity, time] = extra.step;
  const item = context.getItem(itemCode);
  const day = addDays(plan.admitted[0], offset);
  const period = findCoveringPeriod(item, day, plan.visitType);
  const unitPrice = extra.unitPrice ?? priceFromCap(item, period, context.tier, extra.percentOfCap);
  const { injuryRelated, diagnosisCode, consentBy, refund } = extra;
  return {
    itemCode,
    hospitalItemCode: `HIS${itemCode.replace("-", "")}`,
    name: item.name,
    quantity,
    unitPrice,
    amount: amountOf(unitPrice, quantity),
    serviceAt: serviceInstant(plan, offset, time),
    ...(injuryRelated === undefined ? {} : { injuryRelated }),
    // The doctor asserts that a restriction is met, unless the plan is there to show the opposite.
    ...(period?.restricted === true ? { restrictionMet: extra.restrictionMet ?? true } : {}),
    ...(diagnosisCode === undefined ? {} : { diagnosisCode }),
    ...(consentBy === undefined
      ? {}
      : { consent: { signedBy: consentBy, reference: context.consentReference } }),
    ...(refund === undefined ? {} : { refund: { quantity: refund[0], at: instantAt(day, refund[1]) } }),
  };
}

const lineNo = (number: number): string => String(number).padStart(4, "0");

/**
 * The lines of a plan in the order of their time, numbered, each priced by the cap of its day; and the refunds,
 * numbered after them, which hospitals send in a message of their own.
 */
export function makeBillLines(
  plan: BillPlan,
  context: PricingContext,
): { readonly originals: readonly ChargeLineBody[]; readonly refunds: readonly ChargeLineBody[] } {
  const lengthOfStay = plan.discharged === undefined ? 0 : daysFrom(plan.admitted[0], plan.discharged[0]);
  const course: readonly PlannedExtra[] = careCourses[plan.course].map((step) => ({ step }));
  const drafts = [...course, ...(plan.extras ?? [])]
    .flatMap((extra) =>
      dayOffsets(extra.step[1], lengthOfStay).map((offset) => draftLine(plan, extra, offset, context)),
    )
    .sort((a, b) => (a.serviceAt < b.serviceAt ? -1 : a.serviceAt > b.serviceAt ? 1 : 0));
  const refunds: ChargeLineBody[] = [];
  const originals = drafts.map(({ refund, ...line }, index) => {
    const original = { lineNo: lineNo(index + 1), ...line };
    if (refund === undefined) return original;
    const quantity = `-${refund.quantity}`;
    refunds.push({
      ...original,
      lineNo: lineNo(drafts.length + refunds.length + 1),
      quantity,
      amount: amountOf(original.unitPrice, quantity),
      serviceAt: refund.at,
      refundOf: original.lineNo,
    });
    return original;
  });
  return { originals, refunds };
}
