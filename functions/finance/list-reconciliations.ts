import { daysIn } from "../../shared/domain/dates.ts";
import { NO_DAY_TOTALS } from "../../shared/domain/reconciliation/day-totals.ts";
import { NO_CAUSES } from "../../shared/domain/reconciliation/difference.ts";
import { dayStatusOf } from "../../shared/domain/reconciliation/reconciliation.ts";
import { readFundDays } from "../../shared/store/fund-day.ts";
import { readEach } from "../../shared/store/read.ts";
import { type DayState, readDayStates } from "../../shared/store/reconciliation-store.ts";
import { answerWith, type CallOf, type Outcome } from "../bind.ts";
import type { Services } from "../services.ts";
import { toDayTotalsView } from "../views.ts";
import type { financeOperations } from "./operations.ts";

type Call = CallOf<typeof financeOperations.listReconciliations>;

function toPostedView({ round, hospital, comparison, at }: DayState) {
  return {
    round,
    hospital: toDayTotalsView(hospital),
    causes: comparison === undefined ? undefined : { ...NO_CAUSES, ...comparison.causes },
    at,
  };
}

/**
 * How every hospital's days stand, days without any posting among them. What was posted is read first: where a day
 * agreed and the fund's figures, which are read later, are others, it was altered since.
 */
export const listReconciliations =
  ({ db }: Pick<Services, "db">) =>
  async ({ query }: Call): Outcome => {
    const states = (await readEach(daysIn(query.from, query.to), (on) => readDayStates(db, on))).flat();
    const fundDays = await readFundDays(db, query.from, query.to);
    const keyOf = (day: string, hospitalCode: string): string => `${day}#${hospitalCode}`;
    const posted = new Map(states.map((state) => [keyOf(state.day, state.hospitalCode), state]));
    const keys = [...new Set([...fundDays.keys(), ...posted.keys()])].sort();
    const rows = keys.map((key) => {
      const state = posted.get(key);
      const fund = fundDays.get(key)?.totals ?? NO_DAY_TOTALS;
      const [day = "", hospitalCode = ""] = key.split("#");
      return {
        day,
        hospitalCode,
        status: dayStatusOf(state, fund),
        fund: toDayTotalsView(fund),
        ...(state === undefined ? {} : toPostedView(state)),
      };
    });
    return answerWith({ ...query, rows });
  };
