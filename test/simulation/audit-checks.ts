import { findOperation } from "../support/api-event.ts";
import type { Change, Commit } from "./commit.ts";
import type { Item } from "./values.ts";
import { demand } from "./violation.ts";

const isOwnItem = ({ pk }: Change): boolean => pk.startsWith("AUDIT#");

/** The entry in an item: its own, or that of an event. */
function entryIn(change: Change): Item | undefined {
  if (isOwnItem(change)) return change.after;
  return change.pk.startsWith("EVENTS#") ? (change.after?.auditEntry as Item | undefined) : undefined;
}

const ruleOf = (operationId: string) =>
  operationId === "follow-case-decision" ? "CHANGE" : findOperation(operationId).audit;

/** Every write is on record: a change with exactly one entry of its own, a look or an attempt with nothing else. */
export function checkAudit({ request, changes }: Commit): void {
  const entries = changes.filter((change) => entryIn(change) !== undefined);
  const about = () => [request.operationId, changes.map(({ pk, sk }) => [pk, sk])];
  demand(entries.length === 1, "every write leaves exactly one entry in the audit trail", about);
  const [entry] = entries;
  const item = entry === undefined ? undefined : entryIn(entry);
  demand(entry?.before === undefined && item !== undefined, "an entry is never changed or removed", about);
  const isOfRequest = item.operation === request.operationId;
  demand(isOfRequest, "an entry names the operation that was asked for", () => [item, request.operationId]);
  const effects = changes.filter((change) => !isOwnItem(change)).length;
  const isChange = item.kind === "CHANGE";
  demand(isChange === effects > 0, "an effect is recorded as a change, and nothing else is", about);
  const isRuled = item.kind === "REFUSED" || isChange === (ruleOf(request.operationId) === "CHANGE");
  demand(isRuled, "an operation leaves what its rule says", () => [item, request.operationId]);
}
