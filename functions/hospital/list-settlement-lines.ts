import { formatAllocation } from "../../shared/domain/bearers.ts";
import { failure } from "../../shared/domain/failures.ts";
import { formatQuantity, formatYuan } from "../../shared/domain/money.ts";
import { refuse } from "../../shared/domain/result.ts";
import { findSettlement, readSettledLines } from "../../shared/store/settlement-store.ts";
import { answerWith, type CallOf, type Outcome } from "../bind.ts";
import { readPosition, toCursor } from "../cursor.ts";
import type { Services } from "../services.ts";
import type { hospitalOperations } from "./operations.ts";
import { toReasonView } from "./views.ts";

type Call = CallOf<typeof hospitalOperations.listSettlementLines>;

/** How each line was settled, refunds netted into their originals, in the order of posting. */
export const listSettlementLines =
  ({ db }: Pick<Services, "db">) =>
  async ({ caller, params, query }: Call): Outcome => {
    const position = readPosition(query.cursor);
    if (!position.ok) return position;
    const start = position.value;
    const found = await findSettlement(db, caller.institution, params.settlementId);
    if (found === undefined) return refuse(failure("SETTLEMENT_NOT_FOUND"));
    const lines = await readSettledLines(db, found, start, query.limit + 1);
    const items = lines.slice(0, query.limit).map((line) => ({
      ...line,
      quantity: formatQuantity(line.quantity),
      gross: formatYuan(line.gross),
      allocation: formatAllocation(line.allocation),
      reasons: line.reasons.map(toReasonView),
    }));
    const next = lines.length > query.limit ? toCursor(String(start + query.limit)) : null;
    return answerWith({ items, nextCursor: next });
  };
