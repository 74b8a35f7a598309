import { failure } from "../../shared/domain/failures.ts";
import { parseReconciliationId, statusOf } from "../../shared/domain/reconciliation/reconciliation.ts";
import { err } from "../../shared/domain/result.ts";
import { faultDetail } from "../../shared/http/fault-texts.ts";
import { findRound } from "../../shared/store/reconciliation/round-store.ts";
import { readFundDay } from "../../shared/store/reports/fund-daily-totals.ts";
import { answerWith, type CallOf, type Outcome } from "../kit/bind.ts";
import type { Services } from "../kit/services.ts";
import type { getReconciliationContract } from "./get-reconciliation.contract.ts";
import { toReconciliationView } from "./reconciliation-views.ts";

type Call = CallOf<typeof getReconciliationContract>;

/** How a reconciliation stands now: a day that agreed may have been altered since. */
export const getReconciliation =
  ({ db }: Pick<Services, "db">) =>
  async ({ caller, params }: Call): Outcome => {
    const id = parseReconciliationId(params.reconciliationId);
    const round = id === undefined ? undefined : await findRound(db, caller.institution, id);
    if (round === undefined) return err(failure("RECONCILIATION_NOT_FOUND"));
    const fundNow = await readFundDay(db, caller.institution, round.day);
    const status = statusOf(round, fundNow);
    return answerWith(toReconciliationView({ round, status, fundNow }, faultDetail));
  };
