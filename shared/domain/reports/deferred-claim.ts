import type { PolicyTerms } from "../catalogue/policy.ts";
import { addDays, type Day, dayOf, daysBetween } from "../dates.ts";
import { type Fen, fen, ZERO_FEN } from "../money.ts";
import { type InjuryCase, isUndecided } from "../registry/injury-case.ts";
import { deferredAmounts, type Visit } from "../visits/visit.ts";

/**
 * The clocks of a decision where a policy does not say otherwise: 60 days after acceptance, 15 where the facts are
 * clear, 30 for the employer to apply (Work-injury Insurance Regulations, art. 17 and 20).
 */
const DECISION_DAYS = 60;
const CLEAR_DECISION_DAYS = 15;
const APPLICATION_DAYS = 30;

type Clocks = Pick<PolicyTerms, "decisionDays" | "clearDecisionDays" | "applicationDays">;

/** A claim that waits for a decision, with how long it may wait. */
export interface DeferredClaim {
  readonly visit: Visit;
  /** Undefined while the visit waits for a case. */
  readonly caseStatus?: InjuryCase["status"] | undefined;
  readonly deferredOn: Day;
  readonly ageDays: number;
  readonly total: Fen;
  readonly fund: Fen;
  /** The last day of the decision's legal time; undefined while nobody said when it began. */
  readonly dueOn?: Day | undefined;
  readonly isOverdue: boolean;
  /** The employer applied later than it may; what arose until then is its own, as the policy says. */
  readonly employerWasLate: boolean;
}

/** The last day on which an undecided case is to be decided. */
function dueOnOf(injuryCase: InjuryCase | undefined, clocks: Clocks): Day | undefined {
  const start = injuryCase?.acceptedOn ?? injuryCase?.appliedOn;
  if (injuryCase === undefined || start === undefined || !isUndecided(injuryCase.status)) return undefined;
  const days =
    injuryCase.factsAreClear === true
      ? (clocks.clearDecisionDays ?? CLEAR_DECISION_DAYS)
      : (clocks.decisionDays ?? DECISION_DAYS);
  return addDays(start, days);
}

/** Where nobody has applied so far, the time runs until today. */
function employerWasLate(
  { injuredOn }: Visit,
  injuryCase: InjuryCase | undefined,
  clocks: Clocks,
  today: Day,
): boolean {
  const appliedOn = injuryCase === undefined ? today : injuryCase.appliedOn;
  if (appliedOn === undefined) return false;
  return daysBetween(injuredOn, appliedOn) > (clocks.applicationDays ?? APPLICATION_DAYS);
}

/** What is known of a claim that waits, on a day. */
export function toDeferredClaim(
  visit: Visit,
  injuryCase: InjuryCase | undefined,
  clocks: Clocks,
  today: Day,
): DeferredClaim {
  const deferredOn = dayOf(visit.standing.at(-1)?.at ?? visit.updatedAt);
  const amounts = deferredAmounts(visit);
  const dueOn = dueOnOf(injuryCase, clocks);
  return {
    visit,
    caseStatus: injuryCase?.status,
    deferredOn,
    ageDays: daysBetween(deferredOn, today),
    total: amounts?.total ?? ZERO_FEN,
    fund: amounts?.allocation.fund ?? ZERO_FEN,
    dueOn,
    isOverdue: dueOn !== undefined && dueOn < today,
    employerWasLate: employerWasLate(visit, injuryCase, clocks, today),
  };
}

export const deferredGroupings = ["hospital", "employer", "age"] as const;
export type DeferredGrouping = (typeof deferredGroupings)[number];

const bandOf = (ageDays: number): string => {
  if (ageDays <= 15) return "0-15";
  if (ageDays <= 30) return "16-30";
  return ageDays <= 60 ? "31-60" : "61+";
};

function keyOf({ visit, ageDays }: DeferredClaim, groupBy: DeferredGrouping): string {
  switch (groupBy) {
    case "hospital":
      return visit.hospitalCode;
    case "employer":
      return visit.employerUscc;
    case "age":
      return bandOf(ageDays);
  }
}

export interface DeferredGroup {
  readonly key: string;
  readonly count: number;
  readonly overdueCount: number;
  readonly total: Fen;
  readonly fund: Fen;
}

/** Sums of what waits, by hospital, employer or age in days; rows sorted by key. */
export function groupDeferred(claims: readonly DeferredClaim[], groupBy: DeferredGrouping): DeferredGroup[] {
  const groups = Map.groupBy(claims, (claim) => keyOf(claim, groupBy));
  return [...groups]
    .map(([key, members]) => ({
      key,
      count: members.length,
      overdueCount: members.filter(({ isOverdue }) => isOverdue).length,
      total: members.reduce<Fen>((sum, { total }) => fen(sum + total), ZERO_FEN),
      fund: members.reduce<Fen>((sum, { fund }) => fen(sum + fund), ZERO_FEN),
    }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}
