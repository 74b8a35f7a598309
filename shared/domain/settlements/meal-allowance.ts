import { type Day, daysBetween } from "../dates.ts";
import { type Fen, fen } from "../money.ts";

/**
 * 住院伙食补助 for a stay: a day's allowance for each night, and for one day at least (design.md section 4), less the
 * first day where another stay that ended or began on it has its allowance (`isFirstElsewhere`). A
 * benefit payable to the worker (Work-injury Insurance Regulations, art. 30).
 */
export function mealAllowanceFor(
  admittedOn: Day,
  dischargedOn: Day,
  perDay: Fen,
  isFirstElsewhere = false,
): { readonly days: number; readonly amount: Fen } {
  const days = Math.max(1, daysBetween(admittedOn, dischargedOn)) - (isFirstElsewhere ? 1 : 0);
  return { days, amount: fen(days * perDay) };
}
