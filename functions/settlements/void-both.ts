import { dayOf, monthOf } from "../../shared/domain/dates.ts";
import { isMonthClosed } from "../../shared/domain/messages/month-closing.ts";
import type { Settlement } from "../../shared/domain/settlements/settlement.ts";
import type { Write } from "../../shared/store/kit/transaction.ts";
import { voidSettlement } from "../../shared/store/settlements/ledger-store.ts";
import type { Services } from "../kit/services.ts";

/**
 * Marks by which what a cancelled message did and what takes it back count for neither side when their days are
 * reconciled. None once the month of the message is closed: its figures stay, and what takes it back counts on its
 * own day. Policies are read only where the two are of different months.
 */
export async function voidBoth(
  { db, references }: Pick<Services, "db" | "references">,
  cancelled: Settlement,
  takesBack: Settlement,
): Promise<readonly Write[]> {
  const [on, today] = [dayOf(cancelled.settledAt), dayOf(takesBack.settledAt)];
  if (monthOf(on) < monthOf(today)) {
    const { policies } = await references.load([]);
    if (isMonthClosed(policies, on, today)) return [];
  }
  return [cancelled, takesBack].map((each) => voidSettlement(db, each));
}
