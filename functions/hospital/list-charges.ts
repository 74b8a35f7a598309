import { failure } from "../../shared/domain/failures.ts";
import { formatPrice, formatQuantity, formatYuan } from "../../shared/domain/money.ts";
import { refuse } from "../../shared/domain/result.ts";
import { findVisitRecord } from "../../shared/store/visit-store.ts";
import { answerWith, type CallOf, type Outcome } from "../bind.ts";
import { readPosition, toCursor } from "../cursor.ts";
import type { Services } from "../services.ts";
import type { hospitalOperations } from "./operations.ts";

type Call = CallOf<typeof hospitalOperations.listCharges>;

/** The lines that stand, in the order of posting. */
export const listCharges =
  ({ db }: Pick<Services, "db">) =>
  async ({ caller, params, query }: Call): Outcome => {
    const position = readPosition(query.cursor);
    if (!position.ok) return position;
    const record = await findVisitRecord(db, caller.institution, params.visitId);
    if (record === undefined) return refuse(failure("VISIT_NOT_FOUND"));
    const start = position.value;
    const end = start + query.limit;
    const items = record.lines.slice(start, end).map((line) => ({
      ...line,
      quantity: formatQuantity(line.quantity),
      unitPrice: formatPrice(line.unitPrice),
      amount: formatYuan(line.amount),
    }));
    return answerWith({ items, nextCursor: end < record.lines.length ? toCursor(String(end)) : null });
  };
