import { type Failure, failure } from "../../shared/domain/failures.ts";
import { type Settlement, settlementIdOf } from "../../shared/domain/ledger/settlement.ts";
import { type CaseStatus, isUndecided } from "../../shared/domain/registry/injury-case.ts";
import { addAmounts, NO_AMOUNTS, toSummaryCell } from "../../shared/domain/reports/settlement-summary.ts";
import { refuse } from "../../shared/domain/result.ts";
import { checkVerb, type Visit } from "../../shared/domain/visit/visit.ts";
import { recordSettlement } from "../../shared/store/settlement-store.ts";
import { addToSummary } from "../../shared/store/summary-store.ts";
import { recordUsed, saveVisit, type VisitRecord } from "../../shared/store/visit-store.ts";
import { applyMessage } from "../apply.ts";
import type { MessageCallOf, Outcome } from "../bind.ts";
import type { Services } from "../services.ts";
import { calculateSettlement, type SettlementServices } from "./calculate-settlement.ts";
import type { hospitalOperations } from "./operations.ts";
import { toSettlementView } from "./views.ts";

type Call = MessageCallOf<typeof hospitalOperations.settleVisit>;

/** The fund settles what is recognised; a case that was closed since keeps what was treated under it. */
function checkCase(status: CaseStatus): Failure | undefined {
  if (isUndecided(status)) return failure("CASE_UNDECIDED");
  if (status === "NOT_RECOGNISED" || status === "REVOKED") return failure("CASE_NOT_RECOGNISED");
  return undefined;
}

/** The visit once a settlement stands: open after an interim one, closed after the final one. */
function toSettledVisit({ visit, lines }: VisitRecord, settlement: Settlement, number: number): Visit {
  const { total, allocation, kind, settledAt } = settlement;
  return {
    ...visit,
    version: visit.version + 1,
    status: kind === "INTERIM" ? visit.status : "SETTLED",
    guarantee: "DIRECT",
    settlementCount: number,
    standing: [...visit.standing, { number, lineCount: lines.length }],
    settled: addAmounts(visit.settled ?? NO_AMOUNTS, { total, allocation }),
    updatedAt: settledAt,
  };
}

/**
 * Settles what is not settled yet of a visit in one transaction: visit, settlement with its lines, ledger entry,
 * summary row and the message itself. An interim settlement leaves a stay open and keeps what it used up of
 * quantity limits. Each attempt takes another shard of the summary, so that a busy hospital has no hot row.
 */
export const settleVisit =
  (services: SettlementServices & Pick<Services, "logger" | "now" | "pickShard">) =>
  (call: Call): Outcome => {
    const firstShard = services.pickShard();
    return applyMessage(services, call, async (attempt) => {
      const { caller, params, body, message } = call;
      const kind = body?.kind ?? "FINAL";
      const calculated = await calculateSettlement(
        services,
        caller.institution,
        { visitId: params.visitId, kind },
        ({ visit }) => checkVerb(visit, kind === "INTERIM" ? "SETTLE_INTERIM" : "SETTLE"),
      );
      if (!calculated.ok) return calculated;
      const { record, injuryCase, adjudication } = calculated.value;
      const undecided = checkCase(injuryCase.status);
      if (undecided !== undefined) return refuse(undecided);

      const settledAt = services.now();
      const number = record.visit.settlementCount + 1;
      const settlement: Settlement = {
        settlementId: settlementIdOf(record.visit.visitId, number),
        settledAt,
        ...calculated.value.settlement,
      };
      const { db } = services;
      return {
        ok: true,
        value: {
          subject: settlement.settlementId,
          value: toSettlementView(settlement, "SETTLED"),
          writes: [
            saveVisit(db, toSettledVisit(record, settlement, number)),
            ...recordSettlement(db, settlement, adjudication.lines, { number, messageKey: message.key }),
            ...(kind === "INTERIM" ? [recordUsed(db, settlement.visitId, number, adjudication.used)] : []),
            addToSummary(db, toSummaryCell(settlement), firstShard + attempt),
          ],
        },
      };
    });
  };
