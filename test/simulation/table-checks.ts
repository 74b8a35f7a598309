import { Mirror } from "./mirror.ts";
import { SummaryFold } from "./summary-checks.ts";
import { areEqual, type Item } from "./values.ts";
import { demand } from "./violation.ts";
import { checkVisit } from "./visit-checks.ts";

/** Looks and attempts change nothing, and are put and counted outside of any transaction. */
const isAccess = ({ pk, kind }: Item): boolean =>
  String(pk).startsWith("LOOKUPS#") || (String(pk).startsWith("AUDIT#") && kind !== "CHANGE");

/** Everything anew from what lies in the tables, which is also what the writes came to, item by item. */
export function checkTables(all: readonly Item[], followed: Mirror): void {
  const items = all.filter((item) => !isAccess(item));
  const fresh = new Mirror(items);
  for (const [id, item] of fresh.items) {
    demand(areEqual(item, followed.items.get(id)), "the tables hold what was written", () => [item, id]);
  }
  demand(
    fresh.items.size === followed.items.size,
    "the tables hold what was written",
    () => fresh.items.size,
  );
  const summary = new SummaryFold();
  for (const item of items) {
    if (String(item.pk).startsWith("SUMMARY#")) summary.rowChanged(String(item.sk), undefined, item);
  }
  const beds = new Set<string>();
  for (const visitId of fresh.visitIds()) {
    const state = fresh.visit(visitId);
    demand(state !== undefined, "a visit has a header", () => visitId);
    checkVisit(state, fresh);
    for (const settlement of state.settlements) summary.settled(settlement);
    const { status, visitType, workerId, bedReleasedAt } = state.header;
    if (status !== "OPEN" || !visitType.endsWith("INPATIENT") || bedReleasedAt !== undefined) continue;
    demand(!beds.has(workerId), "a worker has one bed", () => state.header);
    beds.add(workerId);
  }
  summary.check();
}
