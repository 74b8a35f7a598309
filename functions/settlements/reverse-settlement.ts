import { failure } from "../../shared/domain/failures.ts";
import { err, ok } from "../../shared/domain/result.ts";
import { decideReversal } from "../../shared/domain/settlements/decide-reversal.ts";
import { revisionOf } from "../../shared/domain/visits/visit.ts";
import { recordFacts } from "../../shared/store/settlements/record-facts.ts";
import { toStoredStanding } from "../../shared/store/visits/stored-visit.ts";
import { applyMessage } from "../kit/apply.ts";
import type { MessageCallOf, Outcome } from "../kit/bind.ts";
import type { Services } from "../kit/services.ts";
import { findSettledVisit, loadReversal } from "./load-reversal.ts";
import type { reverseSettlementContract } from "./reverse-settlement.contract.ts";
import { toSettlementView } from "./settlement-views.ts";

type Call = MessageCallOf<typeof reverseSettlementContract>;

/** Reverses the latest settlement of a visit that stands. */
export const reverseSettlement =
  (services: Pick<Services, "db" | "logger" | "now" | "pickShard" | "maxLinesOfBill">) =>
  (call: Call): Outcome => {
    const firstShard = services.pickShard();
    return applyMessage(services, call, async (attempt) => {
      const { caller, params, body, message } = call;
      const settled = await findSettledVisit(services, caller.institution, params.settlementId);
      if (settled === undefined) return err(failure("SETTLEMENT_NOT_FOUND"));
      const loaded = await loadReversal(services, settled);
      const occasion = { now: services.now(), messageKey: message.key };
      const decided = decideReversal({ ...loaded, reason: body.reason }, occasion);
      if (!decided.ok) return decided;
      const { before, visit, recorded } = decided.value;
      const reversed = before.standing.at(-1);
      if (reversed === undefined) throw new Error("nothing was reversed");
      return ok({
        subject: recorded.settlement.settlementId,
        value: toSettlementView(recorded.settlement, "SETTLED"),
        writes: recordFacts(services.db, decided.value, firstShard + attempt),
        undo: {
          version: revisionOf(visit),
          standing: toStoredStanding(reversed),
          takenBack: before.takenBack,
          employerUscc: visit.employerUscc,
        },
      });
    });
  };
