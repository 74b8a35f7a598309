import { checkVerb } from "../../shared/domain/visit/visit.ts";
import { answerWith, type CallOf, type Outcome } from "../bind.ts";
import { calculateSettlement, type SettlementServices } from "../settlement/calculate-settlement.ts";
import { toSettlementView } from "../visit/settlement-views.ts";
import type { hospitalOperations } from "./operations.ts";

type Call = CallOf<typeof hospitalOperations.previewSettlement>;

/** What settling now would give; a stay may be previewed before its discharge. */
export const previewSettlement =
  (services: SettlementServices) =>
  async ({ caller, params, body }: Call): Outcome => {
    const { visitId } = params;
    const { kind } = body;
    const calculated = await calculateSettlement(services, {
      hospitalCode: caller.institution,
      visitId,
      kind,
      check: ({ visit }) => {
        if (kind === "INTERIM") return checkVerb(visit, "SETTLE_INTERIM");
        return checkVerb(
          { ...visit, status: visit.status === "OPEN" ? "DISCHARGED" : visit.status },
          "SETTLE",
        );
      },
    });
    if (!calculated.ok) return calculated;
    return answerWith(toSettlementView(calculated.value.settlement, "PREVIEW"));
  };
