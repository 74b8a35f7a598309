import { failureOf } from "../../shared/domain/failures.ts";
import { futureDays } from "../../shared/domain/future-days.ts";
import { isEqualDay } from "../../shared/domain/reconciliation/day-totals.ts";
import { reconciliationIdOf } from "../../shared/domain/reconciliation/reconciliation.ts";
import type { DayState } from "../../shared/domain/reconciliation/round.ts";
import { err, ok } from "../../shared/domain/result.ts";
import { findDayState, recordPosting, saveDayState } from "../../shared/store/reconciliation/round-store.ts";
import { readFundDay } from "../../shared/store/reports/fund-daily-totals.ts";
import { applyMessage } from "../kit/apply.ts";
import type { MessageCallOf, Outcome } from "../kit/bind.ts";
import type { Services } from "../kit/services.ts";
import { countReconciliation } from "./hourly-limit.ts";
import type { reconcileDayContract } from "./reconcile-day.contract.ts";
import { toPostedDayView } from "./reconciliation-views.ts";

type Call = MessageCallOf<typeof reconcileDayContract>;

/** Takes a hospital's totals of a day as a new round, and says whether the fund counts the same (对总账). */
export const reconcileDay =
  (services: Pick<Services, "db" | "logger" | "now">) =>
  (call: Call): Outcome =>
    applyMessage(services, call, async () => {
      const { db, now } = services;
      const { date, ...hospital } = call.body;
      const at = now();
      const faults = futureDays({ "/date": date }, at);
      if (faults.length > 0) return err(failureOf(faults));
      const hospitalCode = call.caller.institution;
      const [earlier, fund] = await Promise.all([
        findDayState(db, hospitalCode, date),
        readFundDay(db, hospitalCode, date),
      ]);
      const status = isEqualDay(hospital, fund) ? "AGREED" : "DIFFERS";
      const state: DayState = {
        ...{ hospitalCode, day: date, status, hospital, fund, postedAt: at, at },
        round: (earlier?.round ?? 0) + 1,
        version: (earlier?.version ?? 0) + 1,
        ...{ rowParts: 0, rowCount: 0 },
      };
      return ok({
        subject: reconciliationIdOf(date, state.round),
        value: toPostedDayView({ round: state, status, fundNow: fund }),
        writes: [
          saveDayState(db, state),
          recordPosting(db, state),
          countReconciliation(db, { hospitalCode, at, work: "ROUNDS" }),
        ],
      });
    });
