import { failure } from "../../shared/domain/failures.ts";
import { refuse } from "../../shared/domain/result.ts";
import { findSettlement } from "../../shared/store/settlement-store.ts";
import { answerWith, type CallOf, type Outcome } from "../bind.ts";
import type { Services } from "../services.ts";
import type { hospitalOperations } from "./operations.ts";
import { statusOf, toSettlementView } from "./views.ts";

type Call = CallOf<typeof hospitalOperations.getSettlement>;

export const getSettlement =
  ({ db }: Pick<Services, "db">) =>
  async ({ caller, params }: Call): Outcome => {
    const found = await findSettlement(db, caller.institution, params.settlementId);
    if (found === undefined) return refuse(failure("SETTLEMENT_NOT_FOUND"));
    const { settlement, reversedBy } = found;
    return answerWith({ ...toSettlementView(settlement, statusOf(settlement, reversedBy)), reversedBy });
  };
