import { ok } from "../../shared/domain/result.ts";
import { checkVerb } from "../../shared/domain/visits/visit.ts";
import { applyMessage } from "../kit/apply.ts";
import type { MessageCallOf, Outcome } from "../kit/bind.ts";
import type { Services } from "../kit/services.ts";
import type { SettlementServices } from "./calculate-settlement.ts";
import { planSettlement } from "./plan-settlement.ts";
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
      const { kind } = body;
      const planned = await planSettlement(
        services,
        {
          hospitalCode: caller.institution,
          visitId: params.visitId,
          kind,
          check: ({ visit }) => checkVerb(visit, kind === "INTERIM" ? "SETTLE_INTERIM" : "SETTLE"),
        },
        { messageKey: message.key, shard: firstShard + attempt },
      );
      if (!planned.ok) return planned;
      const { settlement, writes } = planned.value;
      return ok({
        subject: settlement.settlementId,
        value: toSettlementView(settlement, statusOf(settlement)),
        writes,
      });
    });
  };
