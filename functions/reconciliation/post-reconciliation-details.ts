import { failure } from "../../shared/domain/failures.ts";
import type { DayState } from "../../shared/domain/reconciliation/round.ts";
import type { DetailRow } from "../../shared/domain/reconciliation/statement.ts";
import { err, ok } from "../../shared/domain/result.ts";
import { readRows, recordRows } from "../../shared/store/reconciliation/detail-store.ts";
import { recordOutcome, saveDayState } from "../../shared/store/reconciliation/round-store.ts";
import { applyMessage } from "../kit/apply.ts";
import type { MessageCallOf, Outcome } from "../kit/bind.ts";
import type { Services } from "../kit/services.ts";
import { compareRound } from "./compare-round.ts";
import { loadOpenRound } from "./load-state.ts";
import type { postReconciliationDetailsContract } from "./post-reconciliation-details.contract.ts";
import { toPostedDetailsView } from "./reconciliation-views.ts";

type Call = MessageCallOf<typeof postReconciliationDetailsContract>;

/** Rows of either side that are compared while the caller waits; larger days come as a file. */
const MAX_ROWS = 20_000;
/** Calls that bring them: each is read again with the last one. */
const MAX_PARTS = 200;

async function* allRows(
  { db }: Pick<Services, "db">,
  state: DayState,
  last: readonly DetailRow[],
): AsyncGenerator<readonly DetailRow[]> {
  yield* readRows(db, state);
  yield last;
}

/** Takes rows of a hospital's day, and with the last of them compares the day row by row (对明细账). */
export const postReconciliationDetails =
  (services: Pick<Services, "db" | "logger" | "now" | "newId">) =>
  (call: Call): Outcome =>
    applyMessage(services, call, async () => {
      const { caller, params, body } = call;
      const { db, now } = services;
      const open = await loadOpenRound(services, caller.institution, params.reconciliationId);
      if (!open.ok) return open;
      const state = open.value;
      if (state.status === "COMPARING") return err(failure("RECONCILIATION_COMPARING"));
      const isLast = body.last;
      const rowCount = state.rowCount + body.rows.length;
      const fundCount = state.fund.settlements.count + state.fund.reversals.count;
      // Differences are written before the message is: nobody whom the district does not know gets so far.
      const notServed = isLast ? await call.institutionCheck : undefined;
      if (notServed !== undefined) return err(notServed);
      if (Math.max(rowCount, fundCount) > MAX_ROWS || state.rowParts >= MAX_PARTS)
        return err(failure("RECONCILIATION_TOO_LARGE"));
      const rows = recordRows(db, state, body.rows);
      const compared = isLast
        ? await compareRound(services, state, allRows(services, state, body.rows))
        : { ...state, version: state.version + 1, at: now() };
      const next = { ...compared, rowParts: state.rowParts + 1, rowCount };
      return ok({
        subject: params.reconciliationId,
        value: toPostedDetailsView(next, rowCount),
        writes: [rows, saveDayState(db, next), ...(isLast ? [recordOutcome(db, next)] : [])],
      });
    });
