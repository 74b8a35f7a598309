import { checkVerb } from "../../shared/domain/visit/visit.ts";
import { answerWith, type CallOf, type Outcome } from "../bind.ts";
import { calculateSettlement, type SettlementServices } from "./calculate-settlement.ts";
import type { hospitalOperations } from "./operations.ts";
import { toSettlementView } from "./views.ts";

type Call = CallOf<typeof hospitalOperations.previewSettlement>;

/** What settling now would give; a stay may be previewed before its discharge. */
export const previewSettlement =
  (services: SettlementServices) =>
  async ({ caller, params }: Call): Outcome => {
    const calculated = await calculateSettlement(services, caller.institution, params.visitId, ({ visit }) =>
      checkVerb({ ...visit, status: visit.status === "OPEN" ? "DISCHARGED" : visit.status }, "SETTLE"),
    );
    if (!calculated.ok) return calculated;
    return answerWith(toSettlementView(calculated.value.settlement, "PREVIEW"));
  };
