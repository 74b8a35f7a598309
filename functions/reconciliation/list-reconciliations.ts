import { day, daysIn } from "../../shared/domain/dates.ts";
import { NO_DAY_TOTALS } from "../../shared/domain/reconciliation/day-totals.ts";
import { NO_CAUSES } from "../../shared/domain/reconciliation/difference.ts";
import { dayStatusOf } from "../../shared/domain/reconciliation/reconciliation.ts";
import type { DayState } from "../../shared/domain/reconciliation/round.ts";
import { err } from "../../shared/domain/result.ts";
import { readEach } from "../../shared/store/kit/read.ts";
import { readDayStates } from "../../shared/store/reconciliation/round-store.ts";
import { readFundDays } from "../../shared/store/reports/fund-daily-totals.ts";
import { answerWith, type CallOf, type Outcome } from "../kit/bind.ts";
import { cursorInvalid, cutPage, dayAnd, readPlace } from "../kit/cursor.ts";
import type { Services } from "../kit/services.ts";
import { toDayTotalsView } from "../kit/views.ts";
import type { listReconciliationsContract } from "./list-reconciliations.contract.ts";

type Call = CallOf<typeof listReconciliationsContract>;

function toPostedView({ round, hospital, comparison, at }: DayState) {
  return {
    round,
    hospital: toDayTotalsView(hospital),
    causes: comparison === undefined ? undefined : { ...NO_CAUSES, ...comparison.causes },
    at,
  };
}

const isHospitalDay = dayAnd(/^#[A-Z0-9]{12}$/);

/**
 * How every hospital's days stand, days without any posting among them. What was posted is read first: where a day
 * agreed and the fund's figures, which are read later, are others, it was altered since.
 */
export const listReconciliations =
  (services: Pick<Services, "db">) =>
  async (call: Call): Outcome => {
    const { from, to } = call.query;
    const db = { ...services.db, signal: call.signal };
    const after = readPlace(call, isHospitalDay);
    if (!after.ok) return after;
    const start = after.value === undefined ? from : day(after.value.slice(0, 10));
    if (start < from || start > to) return err(cursorInvalid(call));
    const states = (await readEach(daysIn(start, to), (on) => readDayStates(db, on))).flat();
    const fundDays = await readFundDays(db, start, to);
    const keyOf = (on: string, hospitalCode: string): string => `${on}#${hospitalCode}`;
    const posted = new Map(states.map((state) => [keyOf(state.day, state.hospitalCode), state]));
    const keys = [...new Set([...fundDays.keys(), ...posted.keys()])]
      .filter((key) => key > (after.value ?? ""))
      .sort();
    const { page, nextCursor } = cutPage(call, keys, (key) => key);
    const rows = page.map((key) => {
      const state = posted.get(key);
      const fund = fundDays.get(key)?.totals ?? NO_DAY_TOTALS;
      const [on = "", hospitalCode = ""] = key.split("#");
      return {
        day: on,
        hospitalCode,
        status: dayStatusOf(state, fund),
        fund: toDayTotalsView(fund),
        ...(state === undefined ? {} : toPostedView(state)),
      };
    });
    return answerWith({ from, to, rows, nextCursor });
  };
