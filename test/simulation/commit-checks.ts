import type { WireItem, WireLine } from "../support/example-bills.ts";
import { checkAdvances } from "./advance-checks.ts";
import { AmountChecks } from "./amount-checks.ts";
import { checkAudit } from "./audit-checks.ts";
import { CaseBook, type CaseInput } from "./case-book.ts";
import type { Change, Commit } from "./commit.ts";
import { checkMove, checkSettledFor } from "./employer-checks.ts";
import { EventChecks } from "./event-checks.ts";
import { checkJobStep } from "./job-checks.ts";
import { MessageChecks, ownId } from "./message-checks.ts";
import { idOf, Mirror, type VisitState, visitIdOfKey } from "./mirror.ts";
import { PartyBook } from "./party-book.ts";
import { RegistryBook } from "./registry-book.ts";
import type { Request } from "./request.ts";
import { isFunds, isSummed, type MessageItem, type SettlementItem } from "./stored.ts";
import { SummaryFold } from "./summary-checks.ts";
import { type AppliedFact, TransitionChecks } from "./transition-checks.ts";
import type { Item } from "./values.ts";
import { demand } from "./violation.ts";
import { checkVisit } from "./visit-checks.ts";
import { caseBody, cases, firstChange, isClosed } from "./world.ts";

const isForGood = ({ pk, sk }: Change): boolean =>
  pk.startsWith("MESSAGE#") ||
  pk.startsWith("LEDGER#") ||
  pk.startsWith("AUDIT#") ||
  pk.startsWith("EVENTS#") ||
  sk.startsWith("SETTLEMENT#");
/** Of the effect itself: not the entry that tells of it. */
const isEffect = ({ pk }: Change): boolean => !pk.startsWith("AUDIT#");
const isSettlement = ({ sk }: Change): boolean => /^SETTLEMENT#\d+$/.test(sk);
function visitIdIn({ pk }: Change): string[] {
  const visitId = visitIdOfKey(pk);
  return visitId === undefined ? [] : [visitId];
}
const visitIdOf = (item?: Item): string[] => (typeof item?.visitId === "string" ? [item.visitId] : []);
const staysIn = (item?: Item): string[] =>
  Array.isArray(item?.stays) ? item.stays.map(({ visitId }: { visitId: string }) => visitId) : [];

/** What a process has decided is written within a minute, by a clock that may be half a minute wrong. */
const LATEST_MS = 120_000;

/** Once a month is over for longer than reconciliation takes, nothing of it changes: no sum, no entry, no mark. */
function checkClosedMonths({ changes, at }: Commit): void {
  const today = new Date(at - LATEST_MS + 8 * 3_600_000).toISOString().slice(0, 10);
  for (const { pk, sk } of changes) {
    const [kind, first = "", second = ""] = pk.split("#");
    const on = kind === "LEDGER" ? second : kind === "SUMMARY" ? `${first}-01` : undefined;
    const isOpen = on === undefined || !isClosed(on, today);
    demand(isOpen, "figures of a closed month do not change", () => [pk, sk, today]);
  }
}

/** Everything that must hold, checked write by write; and all at once, from the tables themselves. */
export class CommitChecks {
  readonly mirror: Mirror;
  readonly messages: MessageChecks;
  readonly #transitions = new TransitionChecks();
  readonly #amounts: AmountChecks;
  readonly #summary = new SummaryFold();
  readonly #events = new EventChecks();
  readonly cases = new CaseBook();
  readonly parties: PartyBook;
  readonly registry: RegistryBook;
  #isLost = false;
  /** Writes so far. */
  count = 0;

  constructor(items: readonly Item[]) {
    this.mirror = new Mirror(items);
    this.messages = new MessageChecks(this.mirror);
    for (const each of cases) {
      const change = firstChange(each);
      if (change !== undefined) this.cases.stated(each.caseNo, caseBody(each, change), 0);
    }
    this.parties = new PartyBook(this.cases, items);
    this.registry = new RegistryBook(this.mirror);
    this.#amounts = new AmountChecks(Number(this.mirror.get("REFERENCE", "VERSION")?.version), this.parties);
  }

  /** Checks a write, and returns the events that it wrote. */
  check(commit: Commit): readonly Item[] {
    const { request, changes } = commit;
    this.count += 1;
    request.commits += 1;
    for (const change of changes) {
      const isKept = !isForGood(change) || change.before === undefined;
      demand(isKept, "what is kept for good is never changed", () => change);
    }
    checkAudit(commit);
    checkClosedMonths(commit);
    const visitIds = new Set(changes.flatMap(visitIdIn));
    const before = new Map([...visitIds].map((id) => [id, this.mirror.visit(id)] as const));
    for (const { pk, sk, after } of changes) this.mirror.set(pk, sk, after);
    const fact = this.#checkMessage(commit);
    const isMany = request.operationId === "correct-employer";
    demand(isMany || visitIds.size <= 1, "a write changes one visit", () => [...visitIds]);
    for (const visitId of visitIds) this.#checkVisitChange(commit, visitId, before.get(visitId), fact);
    this.#checkSums(changes);
    const holders = changes.filter(({ pk }) => /^(STAY|VISIT_NUMBER)#/.test(pk));
    const touched = new Set([
      ...visitIds,
      ...holders.flatMap(({ before, after }) =>
        [before, after].flatMap((item) => [...visitIdOf(item), ...staysIn(item)]),
      ),
    ]);
    for (const visitId of touched) this.#checkState(visitId);
    this.#followRegistry(commit);
    return this.#events.check(changes, this.mirror);
  }

  /** The agency's statements of everything as it stood, for when the Registry is lost; a mark for their keys. */
  statedAgain(mark: string, isUnderFirstKeys: boolean) {
    return this.registry.again(this.#amounts.catalogue(), mark, isUnderFirstKeys);
  }

  /** The Registry is empty. */
  lost(items: readonly Item[]): void {
    this.#isLost = true;
    this.count += 1;
    for (const { pk, sk } of items) this.mirror.set(String(pk), String(sk), undefined);
    this.#amounts.lost();
  }

  /** Once all of it is stated again, it leads to where it led. */
  checkFound(): void {
    this.#isLost = false;
    this.registry.checkFound();
    this.#amounts.checkFound();
  }

  /** The message's own record is part of the write of its effect; nothing else writes under its key. */
  #checkMessage({ request, changes }: Commit): AppliedFact | undefined {
    const created = changes.filter(({ pk, sk }) => pk.startsWith("MESSAGE#") && sk === "MESSAGE");
    const id = ownId(request);
    const about = () => [request.operationId, request.input, changes.map(({ pk, sk }) => idOf(pk, sk))];
    if (typeof request.input.key !== "string") {
      demand(created.length === 0, "what is no message records none", about);
      return undefined;
    }
    const own = created.find(({ pk }) => pk === `MESSAGE#${id}`);
    // The visits of a case follow in transactions of their own, between the message's first part and its record.
    if (request.operationId === "correct-employer" && changes.some(({ pk }) => pk.startsWith("VISIT#")))
      return undefined;
    // What it registered was lost: it takes effect again, and its record stays.
    const registers = ["put-worker", "import-catalogue"].includes(request.operationId);
    const isAgain = this.#isLost && registers && this.messages.facts.has(id);
    if (isAgain && created.length === 0) return undefined;
    const isPart = changes.some(({ pk, sk }) => pk === `MESSAGE#${id}` && sk.startsWith("PART#"));
    demand(own?.after !== undefined || isPart, "a message's record is written with its effect", about);
    if (own?.after === undefined) return undefined;
    const record = own.after as unknown as MessageItem;
    demand(record.barred === undefined, "a message is not barred by itself", about);
    const fact = this.messages.applied(id, record, request);
    this.#checkCancellation(request, changes, created);
    return fact;
  }

  #checkCancellation(request: Request, changes: readonly Change[], created: readonly Change[]): void {
    const cancellation = changes.find(({ sk }) => sk === "CANCELLATION");
    const barred = created.filter(({ after }) => after?.barred === true);
    const about = () => [request.operationId, request.input, changes.map(({ pk, sk }) => idOf(pk, sk))];
    const target = `${request.input.institution}#${request.input.params?.key}`;
    if (request.operationId !== "cancel-message") {
      demand(cancellation === undefined && barred.length === 0, "only a cancellation cancels", about);
      return;
    }
    const known = this.messages.facts.get(target);
    if (cancellation?.after === undefined) {
      const isKnown = this.messages.cancellations.has(target);
      demand(
        isKnown && changes.filter(isEffect).length === 1,
        "a message is cancelled once, and on record as such",
        about,
      );
      return;
    }
    const text = this.messages.cancelled(target, cancellation.after);
    const isTarget = cancellation.pk === `MESSAGE#${target}`;
    const isTrue = text.includes(known === undefined ? '"NEVER_APPLIES"' : '"REVERSED"');
    demand(isTarget && isTrue, "a cancellation says what became of the message", about);
    const isBarred = barred.some(({ pk }) => pk === `MESSAGE#${target}`);
    demand(isBarred === (known === undefined), "what did not take effect is barred for good", about);
    const isUndone = changes.some(({ pk }) => pk.startsWith("VISIT#"));
    demand(isUndone === (known !== undefined), "what took effect is taken back", about);
  }

  #checkVisitChange(
    commit: Commit,
    visitId: string,
    before: VisitState | undefined,
    fact: AppliedFact | undefined,
  ): void {
    const { request } = commit;
    const after = this.mirror.visit(visitId);
    const about = () => [request.operationId, request.input, visitId];
    demand(after !== undefined, "a visit has a header", about);
    if (request.operationId === "amend-visit") {
      const isAllowed = before !== undefined && /^(OPEN|DISCHARGED)$/.test(before.header.status);
      const isSame =
        before?.header.status === after.header.status && after.lines.length === before.lines.length;
      demand(isAllowed && isSame, "an amendment changes no state", about);
      return;
    }
    if (request.operationId === "correct-employer") {
      demand(before !== undefined, "a correction registers nothing", about);
      const { employerUscc } = request.input.body as { readonly employerUscc: string };
      checkMove(before, after, employerUscc, this.cases.current(after.header.caseNo));
      return;
    }
    if (request.operationId === "follow-case-decision") {
      demand(before !== undefined, "a job registers nothing", about);
      const held = this.parties.heldSince(after.header, commit.beginning.commit);
      checkJobStep(before, after, held, this.cases.current(after.header.caseNo));
      this.#checkNewSettlements(commit, before);
      return;
    }
    demand(fact !== undefined, "a visit is changed by messages and by jobs", about);
    const target = this.messages.facts.get(`${request.input.institution}#${request.input.params?.key}`);
    this.#transitions.check({
      fact,
      before,
      after,
      target: request.operationId === "cancel-message" ? target : undefined,
    });
    if (before !== undefined) this.#checkNewSettlements(commit, before);
  }

  #checkNewSettlements(commit: Commit, before: VisitState): void {
    for (const { after } of commit.changes.filter(isSettlement)) {
      if (after !== undefined) this.#checkNewSettlement(commit, after as unknown as SettlementItem, before);
    }
  }

  #checkNewSettlement(
    { request, beginning, changes }: Commit,
    settlement: SettlementItem,
    before: VisitState,
  ): void {
    const entry = this.mirror.ownEntry(settlement.settlementId);
    const next = this.mirror.visit(settlement.visitId);
    const statements = this.cases.heldSince(next?.header.caseNo, beginning.commit);
    if (next !== undefined) checkSettledFor(settlement, before, next, statements);
    demand(entry?.messageKey === request.input.key, "an entry names the message it is for", () => [
      entry,
      request.input,
    ]);
    const target = this.messages.facts.get(`${request.input.institution}#${request.input.params?.key}`);
    const voided = changes
      .filter(({ sk }) => sk.startsWith("VOID#"))
      .map(({ sk }) => sk.slice("VOID#".length));
    const undone = before.settlements.find(({ settlementId }) => settlementId === target?.record.subject);
    const isStruckOut =
      target !== undefined &&
      isSummed(settlement) &&
      !isClosed(undone?.settledAt.slice(0, 10) ?? "", settlement.settledAt.slice(0, 10));
    const cancelled = isStruckOut ? [target.record.subject, settlement.settlementId] : [];
    demand(
      [...voided].sort().join() === [...cancelled].sort().join(),
      "a cancelled settlement or reversal counts for neither side while its month is reconciled, and nothing else is left out",
      () => [voided, cancelled],
    );
    if (settlement.kind === "REVERSAL") return;
    if (settlement.reverses === undefined) {
      const after = this.mirror.visit(settlement.visitId);
      if (after !== undefined && isFunds(settlement.kind)) checkAdvances(after, true);
      const first = before.header.standing.findLast(({ kind }) => isFunds(kind))?.lineCount ?? 0;
      const { hospitalCode } = before.header;
      const lines = before.lines
        .slice(first)
        .map((line) => this.#sentLine(hospitalCode, line.by, line.lineNo));
      this.#amounts.check(settlement, before, lines, beginning.commit);
      return;
    }
    const reversal = before.settlements.find(({ settlementId }) => settlementId === settlement.reverses);
    this.#amounts.restored(settlement.settlementId, reversal?.reverses ?? "");
  }

  /** A line as the hospital sent it. */
  #sentLine(hospitalCode: string, key: string, lineNo: string): WireLine {
    const body = this.messages.facts.get(`${hospitalCode}#${key}`)?.body as
      | { readonly lines: readonly WireLine[] }
      | undefined;
    const line = body?.lines.find((each) => each.lineNo === lineNo);
    demand(line !== undefined, "a line is one that a message posted", () => [key, lineNo]);
    return line;
  }

  #checkSums(changes: readonly Change[]): void {
    for (const change of changes) {
      if (isSettlement(change) && change.after !== undefined) {
        this.#summary.settled(change.after as unknown as SettlementItem);
      }
      if (change.pk.startsWith("SUMMARY#")) this.#summary.rowChanged(change.sk, change.before, change.after);
    }
    this.#summary.check();
  }

  #checkState(visitId: string): void {
    const state = this.mirror.visit(visitId);
    demand(state !== undefined, "what a visit holds is held by a visit", () => visitId);
    checkVisit(state, this.mirror);
    this.#checkNothingCancelledStands(state);
  }

  /** A cancelled message has no standing effect, however long ago it was cancelled. */
  #checkNothingCancelledStands({ header, lines, settlements }: VisitState): void {
    const { hospitalCode, visitId } = header;
    const isCancelled = (key: string | undefined): boolean =>
      this.messages.isReversed(`${hospitalCode}#${key}`);
    const line = lines.find(({ by }) => isCancelled(by));
    demand(line === undefined, "a cancelled message has no standing effect", () => [visitId, line]);
    for (const { number } of header.standing) {
      let settlement = settlements[number - 1];
      while (settlement?.reverses !== undefined) {
        const { reverses } = settlement;
        settlement = settlements.find(({ settlementId }) => settlementId === reverses);
      }
      const entry = this.mirror.ownEntry(settlement?.settlementId ?? "");
      demand(!isCancelled(entry?.messageKey), "a cancelled message has no standing effect", () => [
        visitId,
        entry,
      ]);
    }
    const { dischargedBy, cancelledBy } = this.#transitions.effectsOf(visitId);
    const standing = [dischargedBy, cancelledBy].filter(
      (id) => id !== undefined && this.messages.isReversed(id),
    );
    demand(standing.length === 0, "a cancelled message has no standing effect", () => [visitId, standing]);
  }

  #followRegistry(commit: Commit): void {
    const { request, changes } = commit;
    const { operationId, input } = request;
    for (const { after } of changes) if (after !== undefined) this.parties.stated(after, this.count);
    if (operationId === "put-case") {
      this.cases.stated(input.params?.caseNo ?? "", input.body as CaseInput, this.count);
    }
    this.registry.follow(commit);
    const corrected = changes.some(({ pk, sk }) => pk.startsWith("WORKER#") && sk.startsWith("CASE#"));
    if (operationId === "correct-employer" && corrected) {
      const { caseNo = "" } = input.params ?? {};
      const { employerUscc } = input.body as { readonly employerUscc: string };
      this.cases.corrected(caseNo, employerUscc, this.count);
    }
    const version = changes.find(({ pk }) => pk === "REFERENCE")?.after?.version;
    if (operationId === "put-policy") this.#amounts.catalogueStated([], Number(version));
    if (operationId === "import-catalogue") {
      const { items } = input.body as { readonly items: readonly WireItem[] };
      this.#amounts.catalogueStated(items, Number(version));
    }
  }
}
