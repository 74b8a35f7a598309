import type { ReferenceData } from "../catalogue/reference-data.ts";
import type { Instant } from "../dates.ts";
import { toClaimEvent } from "../events/service-event.ts";
import { fen } from "../money.ts";
import { decisionOf, pricedInjuries } from "../registry/injury-case.ts";
import type { CaseFacts } from "../visits/conditions.ts";
import { toMarked } from "../visits/next-version.ts";
import { type BlockingCode, blockingCodes, type Visit, type VisitAndDetails } from "../visits/visit.ts";
import type { BilledVisit } from "./bill.ts";
import type { ClaimFacts } from "./claim-facts.ts";
import { type ClaimStep, decideStep, mayNeedAnotherStep } from "./claim-step.ts";
import { decideSettlement } from "./decide-settlement.ts";
import { fundPartOf, recoverableOf, toRecoveryEntry } from "./recovery.ts";
import { checkGuarantee } from "./settlement-kind.ts";

/** All that a step of a claim is decided from. */
export interface ClaimStepInputs {
  readonly found: VisitAndDetails;
  readonly facts: CaseFacts;
  /** What settling takes besides: only the step SETTLE looks at it. */
  readonly bill?:
    | (Pick<BilledVisit, "lines" | "usedBefore"> & { readonly reference: ReferenceData })
    | undefined;
}

/** NONE where the visit is where its case has it, or nothing can be done; BILL_NEEDED where it is to be settled and its bill is not at hand. */
export type ClaimStepDecision =
  | { readonly kind: "NONE" }
  | { readonly kind: "BILL_NEEDED" }
  | { readonly kind: "STEP"; readonly facts: ClaimFacts; readonly mayNeedAnotherStep: boolean };

type Change = Pick<ClaimFacts, "visit" | "details" | "entries" | "events">;

const marked = (visit: Visit): Change => ({ visit, entries: [], events: [] });

const isBlocking = (code: string): code is BlockingCode => blockingCodes.some((each) => each === code);

/** Something stands in the way that the agency can mend: said once, and seen in its list of deferred claims. */
function block(visit: Visit, code: string, now: Instant): Change | undefined {
  if (!isBlocking(code) || visit.blockedBy === code) return undefined;
  const next = toMarked(visit, now, { blockedBy: code });
  return { ...marked(next), events: [toClaimEvent("CLAIM_BLOCKED", next)] };
}

/** The fund pays from now on, and lines are priced by the injuries that were recognised. */
function guarantee({ found, facts }: ClaimStepInputs, now: Instant): Change | undefined {
  const { visit, details } = found;
  const blocked = checkGuarantee(visit, facts);
  if (blocked !== undefined) return block(visit, blocked, now);
  const next = toMarked(visit, now, { guarantee: "DIRECT", blockedBy: undefined });
  const injuries = pricedInjuries(facts.injuryCase);
  const events = [toClaimEvent("CLAIM_GUARANTEED", next)];
  return { visit: next, details: { ...details, injuries }, entries: [], events };
}

/** Lines are priced by the case's injuries; where the fund would not pay after all, that is said. */
function refresh({ found, facts }: ClaimStepInputs, now: Instant): Change | undefined {
  const { visit, details } = found;
  const { injuryCase } = facts;
  const blocked = decisionOf(injuryCase) === "RECOGNISED" ? checkGuarantee(visit, facts) : undefined;
  if (blocked !== undefined) return block(visit, blocked, now);
  const injuries = pricedInjuries(injuryCase);
  const isKnown = JSON.stringify(injuries) === JSON.stringify(details.injuries);
  if (isKnown && visit.blockedBy === undefined) return undefined;
  const next = toMarked(visit, now, { blockedBy: undefined });
  return { ...marked(next), details: { ...details, injuries } };
}

/** What the fund is owed back of a visit grows by what was settled since. */
function recover(visit: Visit, now: Instant): Change {
  const due = fundPartOf(visit);
  const next = toMarked(visit, now, { recoverable: due });
  const entry = toRecoveryEntry(next, fen(due - recoverableOf(visit)), false);
  return { visit: next, entries: [entry], events: [toClaimEvent("CLAIM_RECOVERY_DUE", next)] };
}

/** The fund is owed nothing of a visit any more. */
function forgive(visit: Visit, now: Instant): Change {
  const next = toMarked(visit, now, { recoverable: undefined });
  return { visit: next, entries: [toRecoveryEntry(next, recoverableOf(visit), true)], events: [] };
}

function change(
  inputs: ClaimStepInputs,
  step: Exclude<ClaimStep, "SETTLE" | "NONE">,
  now: Instant,
): Change | undefined {
  const { visit } = inputs.found;
  switch (step) {
    case "GUARANTEE":
      return guarantee(inputs, now);
    case "RECOVER":
      return recover(visit, now);
    case "FORGIVE":
      return forgive(visit, now);
    case "REFRESH":
      return refresh(inputs, now);
    case "UNBLOCK":
      // Nothing is to be paid, so that nothing is in the way of it.
      return marked(toMarked(visit, now, { blockedBy: undefined }));
  }
}

/** What rests on the case as it was read: a statement in between, whose job has come by, must not be undone. */
const restingOnCase = ({ found, facts }: ClaimStepInputs, changed: Change | undefined) =>
  changed && { ...changed, before: found.visit, restsOn: { caseAsRead: facts.injuryCase } };

/** Settles or releases what waits; where something is in the way of it, that is said. */
function settle(
  inputs: ClaimStepInputs,
  { reference, ...lines }: NonNullable<ClaimStepInputs["bill"]>,
  now: Instant,
): ClaimFacts | undefined {
  const { found, facts } = inputs;
  const request = { kind: "FINAL", isPreview: false } as const;
  const settled = decideSettlement({ request, record: { ...found, ...lines }, facts, reference }, { now });
  return settled.ok ? settled.value : restingOnCase(inputs, block(found.visit, settled.failure.code, now));
}

/** The one step that brings a visit to where its case has it, as case, worker and employer stand now. */
export function decideClaimStep(inputs: ClaimStepInputs, now: Instant): ClaimStepDecision {
  const { found, facts, bill } = inputs;
  const step = decideStep(found.visit, facts.injuryCase);
  if (step === "NONE") return { kind: "NONE" };
  let taken: ClaimFacts | undefined;
  if (step !== "SETTLE") taken = restingOnCase(inputs, change(inputs, step, now));
  else if (bill === undefined) return { kind: "BILL_NEEDED" };
  else taken = settle(inputs, bill, now);
  if (taken === undefined) return { kind: "NONE" };
  const mayNeedAnother = mayNeedAnotherStep(found.visit, facts.injuryCase);
  return { kind: "STEP", facts: taken, mayNeedAnotherStep: mayNeedAnother };
}
