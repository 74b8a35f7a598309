import { attendancePlans } from "./attendance-plans.ts";
import type { BillPlan } from "./bill-plan.ts";
import { stayPlans } from "./stay-plans.ts";

const admission = (plan: BillPlan): string => plan.admitted.join(" ");

/**
 * The 30 demo bills of two fictional hospitals as they came in. Several follow one worker from the emergency to
 * rehabilitation.
 */
export const billPlans: readonly BillPlan[] = [...attendancePlans, ...stayPlans].sort((a, b) =>
  admission(a) < admission(b) ? -1 : 1,
);
