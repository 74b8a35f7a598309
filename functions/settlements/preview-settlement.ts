import { calculateSettlement } from "../../shared/domain/settlements/calculate-settlement.ts";
import { answerWith, type CallOf, type Outcome } from "../kit/bind.ts";
import { loadSettlement, type SettlementServices } from "./load-settlement.ts";
import type { previewSettlementContract } from "./preview-settlement.contract.ts";
import { toSettlementView } from "./settlement-views.ts";

type Call = CallOf<typeof previewSettlementContract>;

/** What settling now would give; a stay may be previewed before its discharge. */
export const previewSettlement =
  (services: SettlementServices) =>
  async ({ caller, params, body }: Call): Outcome => {
    const visit = { hospitalCode: caller.institution, visitId: params.visitId };
    const loaded = await loadSettlement(services, visit, { kind: body.kind, isPreview: true });
    if (!loaded.ok) return loaded;
    const calculated = calculateSettlement(loaded.value);
    if (!calculated.ok) return calculated;
    return answerWith(toSettlementView(calculated.value.settlement, "PREVIEW"));
  };
