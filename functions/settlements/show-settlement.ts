import { failure } from "../../shared/domain/failures.ts";
import { err } from "../../shared/domain/result.ts";
import type { Database } from "../../shared/store/kit/database.ts";
import { findSettlement, readSettledLines } from "../../shared/store/settlements/settlement-store.ts";
import { answerWith, type Outcome } from "../kit/bind.ts";
import { type ListCall, type PageQuery, readNumber, toNumberCursor } from "../kit/cursor.ts";
import { statusOf, toSettledLineView, toSettlementView } from "./settlement-views.ts";

/** A hospital's settlement, and which reversal took it back. */
export async function showSettlement(db: Database, hospitalCode: string, settlementId: string): Outcome {
  const found = await findSettlement(db, hospitalCode, settlementId);
  if (found === undefined) return err(failure("SETTLEMENT_NOT_FOUND"));
  const { settlement, reversedBy } = found;
  return answerWith({ ...toSettlementView(settlement, statusOf(settlement, reversedBy)), reversedBy });
}

type LinesCall = ListCall & { readonly params: { readonly settlementId: string }; readonly query: PageQuery };

/** How each line of a hospital's settlement was settled, refunds netted into their originals, in the order of posting. */
export async function showSettledLines(db: Database, hospitalCode: string, list: LinesCall): Outcome {
  const { settlementId } = list.params;
  const { limit } = list.query;
  const position = readNumber(list);
  if (!position.ok) return position;
  const start = position.value;
  const found = await findSettlement(db, hospitalCode, settlementId);
  if (found === undefined) return err(failure("SETTLEMENT_NOT_FOUND"));
  const lines = await readSettledLines(db, found, start, limit + 1);
  const next = lines.length > limit ? toNumberCursor(list, start + limit) : null;
  return answerWith({ items: lines.slice(0, limit).map(toSettledLineView), nextCursor: next });
}
