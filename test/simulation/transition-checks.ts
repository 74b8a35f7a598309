import type { VisitState } from "./mirror.ts";
import type { MessageItem } from "./stored.ts";
import { demand } from "./violation.ts";

/** A message that took effect, as the checks remember it. */
export interface AppliedFact {
  readonly id: string;
  readonly key: string;
  readonly record: MessageItem;
  /** Operation, parameters and body, as text. */
  readonly content: string;
  readonly body: unknown;
}

export interface Transition {
  readonly fact: AppliedFact;
  readonly before: VisitState | undefined;
  readonly after: VisitState;
  /** On the cancellation of a message: that message. */
  readonly target: AppliedFact | undefined;
}

/** What stands of the messages of one visit, beyond what its items tell. */
interface Effects {
  dischargedBy: string | undefined;
  cancelledBy: string | undefined;
  /** What a message undid, by its id: which discharge or cancellation was in force before. */
  readonly undone: Map<string, string | undefined>;
}

const RULE = "no state is reached by a verb that does not allow it";

const isStay = ({ header }: VisitState): boolean => header.visitType.endsWith("INPATIENT");
/** A stay that is discharged and not settled: its bill can be mended all the same. */
const isOver = (state: VisitState): boolean => isStay(state) && state.header.status === "DISCHARGED";
const isInterim = (body: unknown): boolean =>
  typeof body === "object" && body !== null && "kind" in body && body.kind === "INTERIM";
const numbersOf = ({ header }: VisitState): string => header.standing.map(({ number }) => number).join();
const lineNosOf = ({ lines }: VisitState): string => lines.map(({ lineNo }) => lineNo).join(" ");

/** The states in which the fund has not settled a visit, and payers may pay the hospital meanwhile. */
const unbilled = ["OPEN", "DISCHARGED", "DEFERRED", "RELEASED"].map((status) => `${status} → ${status}`);

/** From which states a visit is settled or released: those before it, of which a release is none before another. */
const closing = (base: string, to: string): string[] =>
  [base, "DEFERRED", "RELEASED"].filter((from) => from !== to).map((from) => `${from} → ${to}`);

const statusOf: Readonly<Record<string, string>> = {
  FINAL: "SETTLED",
  DEFERRED: "DEFERRED",
  RELEASE: "RELEASED",
};

/** Where a visit comes to rest on what stands: on a settlement of the whole visit, or as it was before any. */
function restOn(state: VisitState, kind: string | undefined): string {
  return statusOf[kind ?? ""] ?? (isStay(state) ? "DISCHARGED" : "OPEN");
}

/** Taking the latest settlement back uncovers what it took the place of; an interim one leaves the stay as it is. */
function uncovered(before: VisitState): string {
  const [below, last] = [before.header.standing.at(-2), before.header.standing.at(-1)];
  if (last?.kind === "INTERIM") return `${before.header.status} → ${before.header.status}`;
  return `${restOn(before, last?.kind)} → ${restOn(before, below?.kind)}`;
}

/** From which state to which, by operation: design.md section 3, written once more. */
function allowed(operation: string, body: unknown, before: VisitState): string[] {
  const stay = isStay(before);
  const base = stay ? "DISCHARGED" : "OPEN";
  const isBare = before.header.standing.length === 0;
  switch (operation) {
    case "upload-charges":
    case "revoke-charges":
      return isOver(before) ? ["DISCHARGED → DISCHARGED"] : ["OPEN → OPEN"];
    case "discharge-worker":
      return stay ? ["OPEN → DISCHARGED"] : [];
    case "cancel-discharge":
      return ["DISCHARGED → OPEN"];
    case "cancel-visit":
      return isBare ? ["OPEN → CANCELLED"] : [];
    case "settle-visit":
      if (isInterim(body)) return stay ? ["OPEN → OPEN"] : [];
      return [`${base} → DEFERRED`, ...["RELEASED", "SETTLED"].flatMap((to) => closing(base, to))];
    case "reverse-settlement":
      return [uncovered(before)];
    case "record-advance":
      return unbilled;
    case "release-bed":
      return stay && before.header.bedReleasedAt === undefined ? ["OPEN → OPEN"] : [];
    case "link-case":
      return before.header.status === "CANCELLED"
        ? []
        : [`${before.header.status} → ${before.header.status}`];
    default:
      return [];
  }
}

/** The way back of an operation's message, when it is cancelled. */
function allowedBack({ record }: AppliedFact, before: VisitState, after: VisitState): string[] {
  switch (record.operation) {
    case "register-visit":
      return before.header.standing.length === 0 ? ["OPEN → CANCELLED"] : [];
    case "cancel-visit":
      return ["CANCELLED → OPEN"];
    case "upload-charges":
    case "revoke-charges":
      return isOver(before) ? ["DISCHARGED → DISCHARGED"] : ["OPEN → OPEN"];
    case "record-advance":
      return unbilled;
    case "discharge-worker":
      return ["DISCHARGED → OPEN"];
    case "cancel-discharge":
      return ["OPEN → DISCHARGED"];
    case "settle-visit":
    case "reverse-settlement":
      return [uncovered(record.operation === "settle-visit" ? before : after).split(" → ")].map((step) =>
        (record.operation === "settle-visit" ? step : step.toReversed()).join(" → "),
      );
    default:
      return [];
  }
}

/** What else each operation changes: settlements by one, and lines only where it is about lines. */
function checkExtent({ fact, target, before, after }: Transition, previous: VisitState): void {
  const about = target?.record.operation ?? fact.record.operation;
  const isMoney = about === "settle-visit" || about === "reverse-settlement";
  const isLines = about === "upload-charges" || about === "revoke-charges";
  const added = after.settlements.length - previous.settlements.length;
  demand(added === (isMoney ? 1 : 0), "an operation settles or reverses once, or not at all", () => [
    fact,
    before,
  ]);
  demand(
    isLines || lineNosOf(previous) === lineNosOf(after),
    "only what is about lines changes lines",
    () => [fact, previous.lines, after.lines],
  );
  if (isMoney) {
    const isBack = (about === "reverse-settlement") === (target === undefined);
    const kept = previous.header.standing.map(({ number }) => number);
    const expected = isBack ? kept.slice(0, -1) : [...kept, after.settlements.length];
    demand(numbersOf(after) === expected.join(), "a settlement is pushed, a reversal pops the latest", () => [
      fact,
      previous.header,
      after.header,
    ]);
  } else
    demand(numbersOf(previous) === numbersOf(after), "what stands settled stays so", () => [
      fact,
      after.header,
    ]);
}

/** Follows what stands of each message, visit by visit, and fails where a verb reaches what it may not. */
export class TransitionChecks {
  readonly #effects = new Map<string, Effects>();

  check(transition: Transition): void {
    const { fact, target, before, after } = transition;
    const { operation } = fact.record;
    if (before === undefined) {
      const isNew = after.header.status === "OPEN" && after.header.version === 1 && after.lines.length === 0;
      demand(operation === "register-visit" && isNew, RULE, () => [operation, after.header]);
      this.#effects.set(after.header.visitId, {
        dischargedBy: undefined,
        cancelledBy: undefined,
        undone: new Map(),
      });
      return;
    }
    const step = `${before.header.status} → ${after.header.status}`;
    const steps =
      target === undefined ? allowed(operation, fact.body, before) : allowedBack(target, before, after);
    demand(steps.includes(step), RULE, () => [operation, target?.record.operation, step, before.header]);
    // Each of the two employers hears of it when a visit goes over.
    const isMoved = operation !== "link-case" && after.header.employerUscc !== before.header.employerUscc;
    demand(
      after.header.version === before.header.version + (isMoved ? 3 : 1),
      "each change is one version",
      () => after.header,
    );
    checkExtent(transition, before);
    const isFreed = before.header.bedReleasedAt !== after.header.bedReleasedAt;
    const isStillFree = before.header.bedReleasedAt === undefined || !isFreed;
    demand(
      isStillFree && isFreed === (operation === "release-bed"),
      "a bed is freed by the agency alone, and once",
      () => [operation, before.header, after.header],
    );
    this.#follow(transition, this.effectsOf(after.header.visitId));
  }

  effectsOf(visitId: string): Effects {
    const effects = this.#effects.get(visitId);
    demand(effects !== undefined, "a visit was registered", () => visitId);
    return effects;
  }

  #follow({ fact, target, after }: Transition, effects: Effects): void {
    const about = target ?? fact;
    const isCancelled = target !== undefined;
    switch (about.record.operation) {
      case "discharge-worker":
        demand(
          !isCancelled || effects.dischargedBy === about.id,
          "a cancellation takes back the effect of the message it names, not another's",
          () => [about.id, effects.dischargedBy],
        );
        effects.dischargedBy = isCancelled ? undefined : about.id;
        break;
      case "cancel-discharge":
        if (isCancelled) effects.dischargedBy = effects.undone.get(about.id);
        else {
          effects.undone.set(about.id, effects.dischargedBy);
          effects.dischargedBy = undefined;
        }
        break;
      case "cancel-visit":
        demand(
          !isCancelled || effects.cancelledBy === about.id,
          "a cancellation takes back the effect of the message it names, not another's",
          () => [about.id, effects.cancelledBy],
        );
        effects.cancelledBy = isCancelled ? undefined : about.id;
        break;
      case "register-visit":
        if (isCancelled) effects.cancelledBy = fact.id;
        break;
      case "settle-visit":
      case "reverse-settlement":
        if (isCancelled) {
          demand(
            after.settlements.at(-1)?.reverses === about.record.subject,
            "a cancellation takes back the effect of the message it names, not another's",
            () => [about, after.settlements.at(-1)],
          );
        }
        break;
      default:
    }
  }
}
