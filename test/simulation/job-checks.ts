import { type CaseInput, inTheWay, isRefused, isUndecided, type PartyFacts } from "./case-book.ts";
import type { VisitState } from "./mirror.ts";
import type { Circumstances } from "./party-book.ts";
import { type HeaderItem, sumOf } from "./stored.ts";
import { areEqual, type Item } from "./values.ts";
import { demand } from "./violation.ts";

/** What a job found and left of a visit, and what its case was while it looked. */
interface Step {
  readonly was: HeaderItem;
  readonly is: HeaderItem;
  readonly injuries: unknown;
  readonly statement: CaseInput;
  readonly facts: PartyFacts;
}

type StepKind =
  | "FINAL"
  | "RELEASE"
  | "LINK"
  | "RECOVER"
  | "FORGIVE"
  | "GUARANTEE"
  | "BLOCK"
  | "REFRESH"
  | "UNBLOCK";

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
const isWaiting = ({ status }: HeaderItem): boolean => status === "DEFERRED" || status === "RELEASED";
const isUnderTreatment = ({ status }: HeaderItem): boolean => status === "OPEN" || status === "DISCHARGED";
const isRecognised = ({ status }: CaseInput): boolean => status === "RECOGNISED";
const knowsInjuries = ({ injuries, statement }: Step): boolean =>
  same(
    injuries,
    statement.injuries.map(({ diagnosisPrefixes }) => ({ diagnosisPrefixes })),
  );

/** What the fund has settled of a visit. */
export const fundPart = ({ standing }: HeaderItem): number =>
  sumOf(
    standing
      .filter(({ kind }) => kind === "INTERIM" || kind === "FINAL")
      .map(({ allocation }) => allocation[0] ?? 0),
  );

/** When each step of a job is right: the words of the issue, and nothing of the service. */
const rules: Readonly<Record<StepKind, (step: Step) => boolean>> = {
  FINAL: ({ was, is, statement, facts }) =>
    isWaiting(was) &&
    isRecognised(statement) &&
    was.takenBack !== "FINAL" &&
    inTheWay(was, statement, facts) === undefined &&
    was.recoverable === undefined &&
    is.guarantee === "DIRECT" &&
    is.blockedBy === undefined,
  RELEASE: ({ was, is, statement }) =>
    was.status === "DEFERRED" &&
    was.takenBack !== "RELEASE" &&
    isRefused(statement) &&
    is.blockedBy === undefined,
  LINK: (step) =>
    step.was.status !== "CANCELLED" &&
    step.was.injuredOn === step.statement.injuredOn &&
    step.is.employerUscc === step.statement.employerUscc &&
    knowsInjuries(step),
  RECOVER: ({ is, statement }) => isRefused(statement) && is.recoverable === fundPart(is),
  FORGIVE: ({ statement }) => isRecognised(statement),
  GUARANTEE: (step) =>
    isUnderTreatment(step.was) &&
    isRecognised(step.statement) &&
    inTheWay(step.was, step.statement, step.facts) === undefined &&
    step.is.blockedBy === undefined &&
    knowsInjuries(step),
  BLOCK: ({ was, is, statement, facts }) =>
    (isWaiting(was) || isUnderTreatment(was)) &&
    isRecognised(statement) &&
    is.blockedBy === inTheWay(was, statement, facts),
  REFRESH: (step) =>
    knowsInjuries(step) &&
    step.is.blockedBy === undefined &&
    ((isUnderTreatment(step.was) &&
      isRecognised(step.statement) &&
      inTheWay(step.was, step.statement, step.facts) === undefined) ||
      isUndecided(step.statement)),
  UNBLOCK: ({ was, is, statement }) =>
    isRefused(statement) && was.blockedBy !== undefined && is.blockedBy === undefined,
};

const ofSettlement = [
  ...["status", "guarantee", "blockedBy", "takenBack", "settlementCount", "standing", "employerUscc"],
];
/** What each step changes of a header beside its version and time; keys of indexes follow from the rest. */
const changed: Readonly<Record<StepKind, readonly string[]>> = {
  FINAL: ofSettlement,
  RELEASE: ofSettlement,
  LINK: ["caseNo", "employerUscc", "injuredOn"],
  RECOVER: ["recoverable"],
  FORGIVE: ["recoverable"],
  GUARANTEE: ["guarantee", "blockedBy"],
  BLOCK: ["blockedBy"],
  REFRESH: ["blockedBy"],
  UNBLOCK: ["blockedBy"],
};
const always = [
  "marks",
  "detailsVersion",
  "linesVersion",
  "version",
  "updatedAt",
  "employerKey",
  "employerStatusKey",
  "deferredKey",
  "deferredOrder",
];

function kindOf(was: HeaderItem, is: HeaderItem, hasDetails: boolean): StepKind | undefined {
  if (is.settlementCount !== was.settlementCount) {
    const kind = is.standing.at(-1)?.kind;
    return kind === "FINAL" || kind === "RELEASE" ? kind : undefined;
  }
  if (was.caseNo !== is.caseNo) return "LINK";
  if (was.recoverable !== is.recoverable) return is.recoverable === undefined ? "FORGIVE" : "RECOVER";
  if (was.guarantee !== is.guarantee) return "GUARANTEE";
  if (is.blockedBy === undefined && !hasDetails) return "UNBLOCK";
  return is.blockedBy === undefined || was.blockedBy === is.blockedBy ? "REFRESH" : "BLOCK";
}

const kept = (header: HeaderItem, kind: StepKind): Item =>
  Object.fromEntries(
    Object.entries(header).filter(([field]) => !changed[kind].includes(field) && !always.includes(field)),
  );

/**
 * A job has no message to answer for: what it does to a visit has to be the step that the visit's case asks for,
 * as the case stood at some moment while the job looked; a release as it stands at the very moment.
 */
export function checkJobStep(
  before: VisitState,
  after: VisitState,
  held: readonly Circumstances[],
  current: CaseInput | undefined,
): void {
  const [was, is] = [before.header, after.header];
  const kind = kindOf(was, is, is.detailsVersion !== was.detailsVersion);
  const about = () => ({ kind, was, is, held, current });
  demand(kind !== undefined, "a job settles finally or releases", about);
  const possible = kind === "RELEASE" ? held.filter(({ statement }) => statement === current) : held;
  const { injuries } = after.details;
  const isRight = possible.some((each) => rules[kind]({ was, is, injuries, ...each }));
  demand(isRight, `a job takes the step that the case asks for (${kind})`, about);
  demand(areEqual(kept(was, kind), kept(is, kind)), "a job changes nothing beside its step", about);
  const isSettled = kind === "FINAL" || kind === "RELEASE";
  const isMoved = isSettled && was.employerUscc !== is.employerUscc;
  demand(is.version === was.version + (isMoved ? 3 : 1), "each change is one version", about);
  const marked = (is.marks ?? 0) - (was.marks ?? 0);
  demand(marked === (isSettled ? (isMoved ? 2 : 0) : 1), "what a job marks is counted apart", about);
  const added = after.settlements.length - before.settlements.length;
  demand(added === (kind === "FINAL" || kind === "RELEASE" ? 1 : 0), "a job settles once", about);
  demand(same(before.lines, after.lines), "a job changes no lines", about);
}
