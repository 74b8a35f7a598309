import { checkVerb } from "../../shared/domain/visits/visit.ts";
import { answerWith, type CallOf, type Outcome } from "../kit/bind.ts";
import { calculateSettlement, type SettlementServices } from "./calculate-settlement.ts";
import type { previewSettlementContract } from "./preview-settlement.contract.ts";
import { toSettlementView } from "./settlement-views.ts";

type Call = CallOf<typeof previewSettlementContract>;

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
