import { ok } from "../../shared/domain/result.ts";
import { decideSettlement } from "../../shared/domain/settlements/decide-settlement.ts";
import { recordFacts } from "../../shared/store/settlements/record-facts.ts";
import { applyMessage } from "../kit/apply.ts";
import type { MessageCallOf, Outcome } from "../kit/bind.ts";
import type { Services } from "../kit/services.ts";
import { loadSettlement, type SettlementServices } from "./load-settlement.ts";
import type { settleVisitContract } from "./settle-visit.contract.ts";
import { statusOf, toSettlementView } from "./settlement-views.ts";

type Call = MessageCallOf<typeof settleVisitContract>;

/**
 * Settles what is not settled yet of a visit, in one transaction with the message itself. Before the decision of
 * its case the settlement waits (DEFERRED) and comes about by itself when the decision arrives. Each attempt takes
 * another shard of the summary, so that a busy hospital has no hot row.
 */
export const settleVisit =
  (services: SettlementServices & Pick<Services, "logger" | "now" | "pickShard">) =>
  (call: Call): Outcome => {
    const firstShard = services.pickShard();
    return applyMessage(services, call, async (attempt) => {
      const { caller, params, body, message } = call;
      const visit = { hospitalCode: caller.institution, visitId: params.visitId };
      const loaded = await loadSettlement(services, visit, { kind: body.kind, isPreview: false });
      if (!loaded.ok) return loaded;
      const occasion = { now: services.now(), messageKey: message.key };
      const decided = decideSettlement(loaded.value, occasion);
      if (!decided.ok) return decided;
      const { settlement } = decided.value.recorded;
      return ok({
        subject: settlement.settlementId,
        value: toSettlementView(settlement, statusOf(settlement)),
        writes: recordFacts(services.db, decided.value, firstShard + attempt),
      });
    });
  };
