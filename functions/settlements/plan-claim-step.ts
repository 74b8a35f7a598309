import { toClaimEvent } from "../../shared/domain/events/service-event.ts";
import type { Failure } from "../../shared/domain/failures.ts";
import { fen, ZERO_FEN } from "../../shared/domain/money.ts";
import { decisionOf, type InjuryCase, pricedInjuries } from "../../shared/domain/registry/injury-case.ts";
import { type ClaimStep, decideStep } from "../../shared/domain/settlements/claim-step.ts";
import { fundPartOf, toRecoveryEntry } from "../../shared/domain/settlements/recovery.ts";
import { checkGuarantee } from "../../shared/domain/settlements/settlement-kind.ts";
import type { CaseFacts } from "../../shared/domain/visits/conditions.ts";
import {
  type BlockingCode,
  blockingCodes,
  checkVerb,
  type Visit,
  type VisitAndDetails,
} from "../../shared/domain/visits/visit.ts";
import { recordEvent } from "../../shared/store/events/event-store.ts";
import type { Database } from "../../shared/store/kit/database.ts";
import type { Write } from "../../shared/store/kit/transaction.ts";
import { checkCase } from "../../shared/store/registry/registry-store.ts";
import { recordEntry } from "../../shared/store/settlements/ledger-store.ts";
import { saveVisit, saveVisitAndDetails } from "../../shared/store/visits/visit-store.ts";
import type { Services } from "../kit/services.ts";
import { toMarked } from "../visits/visit-change.ts";
import type { SettlementServices } from "./calculate-settlement.ts";
import { planSettlement } from "./plan-settlement.ts";

export type JobServices = SettlementServices & Pick<Services, "logger" | "now" | "pickShard">;

const isBlocking = (code: string): code is BlockingCode => blockingCodes.some((each) => each === code);

/** Something stands in the way that the agency can mend: said once, and seen in its list of deferred claims. */
function block({ db, now }: JobServices, visit: Visit, { code }: Failure): readonly Write[] {
  if (!isBlocking(code) || visit.blockedBy === code) return [];
  const next = toMarked(visit, now(), { blockedBy: code });
  return [saveVisit(db, next), recordEvent(db, toClaimEvent("CLAIM_BLOCKED", next))];
}

/** The fund pays from now on, and lines are priced by the injuries that were recognised. */
function guarantee(
  services: JobServices,
  { visit, details }: VisitAndDetails,
  facts: CaseFacts,
): readonly Write[] {
  const blocked = checkGuarantee(visit, facts);
  if (blocked !== undefined) return block(services, visit, { code: blocked });
  const { injuryCase } = facts;
  const { db, now } = services;
  const next = toMarked(visit, now(), { guarantee: "DIRECT", blockedBy: undefined });
  const injuries = pricedInjuries(injuryCase);
  return [
    ...saveVisitAndDetails(db, next, { ...details, injuries }),
    recordEvent(db, toClaimEvent("CLAIM_GUARANTEED", next)),
  ];
}

/** Lines are priced by the case's injuries; where the fund would not pay after all, that is said. */
function refresh(
  services: JobServices,
  { visit, details }: VisitAndDetails,
  facts: CaseFacts,
): readonly Write[] {
  const { injuryCase } = facts;
  const blocked = decisionOf(injuryCase) === "RECOGNISED" ? checkGuarantee(visit, facts) : undefined;
  if (blocked !== undefined) return block(services, visit, { code: blocked });
  const { db, now } = services;
  const injuries = pricedInjuries(injuryCase);
  const isKnown = JSON.stringify(injuries) === JSON.stringify(details.injuries);
  if (isKnown && visit.blockedBy === undefined) return [];
  return saveVisitAndDetails(db, toMarked(visit, now(), { blockedBy: undefined }), { ...details, injuries });
}

/** Nothing is to be paid, so that nothing is in the way of it. */
const unblock = ({ db, now }: JobServices, visit: Visit): readonly Write[] => [
  saveVisit(db, toMarked(visit, now(), { blockedBy: undefined })),
];

/** What the fund is owed back of a visit grows by what was settled since; or it is owed nothing any more. */
function recover({ db, now }: JobServices, visit: Visit, isReversal: boolean): readonly Write[] {
  const [known, due] = [
    visit.recoverable ?? ZERO_FEN,
    isReversal ? ZERO_FEN : (fundPartOf(visit) ?? ZERO_FEN),
  ];
  const amount = fen(isReversal ? known : due - known);
  if (amount === 0) return [];
  const next = toMarked(visit, now(), { recoverable: isReversal ? undefined : due });
  return [
    saveVisit(db, next),
    recordEntry(db, toRecoveryEntry(next, amount, isReversal)),
    ...(isReversal ? [] : [recordEvent(db, toClaimEvent("CLAIM_RECOVERY_DUE", next))]),
  ];
}

const planFinal = (services: JobServices, { hospitalCode, visitId }: Visit, shard: number) =>
  planSettlement(
    services,
    { hospitalCode, visitId, kind: "FINAL", check: ({ visit }) => checkVerb(visit, "SETTLE") },
    { shard },
  );

/** What a step writes of the visit by what the case says. */
function planStep(
  services: JobServices,
  found: VisitAndDetails,
  facts: CaseFacts,
  step: Exclude<ClaimStep, "SETTLE" | "NONE">,
): readonly Write[] {
  switch (step) {
    case "GUARANTEE":
      return guarantee(services, found, facts);
    case "RECOVER":
      return recover(services, found.visit, false);
    case "FORGIVE":
      return recover(services, found.visit, true);
    case "REFRESH":
      return refresh(services, found, facts);
    case "UNBLOCK":
      return unblock(services, found.visit);
  }
}

/** What rests on the case as it was read: a statement in between, whose job has come by, must not be undone. */
const restingOn = (db: Database, injuryCase: InjuryCase, writes: readonly Write[]): readonly Write[] =>
  writes.length === 0 ? [] : [...writes, checkCase(db, injuryCase)];

/**
 * The writes of the one step that brings a visit to where its case has it; none where it is there already. `CHANGED`
 * where somebody changed the visit or its case since they were found: then another step may be due.
 */
export async function planClaimStep(
  services: JobServices,
  found: VisitAndDetails,
  facts: CaseFacts,
  shard: number,
): Promise<readonly Write[] | "CHANGED"> {
  const { visit } = found;
  const { injuryCase } = facts;
  const step = decideStep(visit, injuryCase);
  if (step === "NONE") return [];
  if (step !== "SETTLE") return restingOn(services.db, injuryCase, planStep(services, found, facts, step));
  // A settlement reads visit and case by itself: they may be others by now, and ask for another step.
  const planned = await planFinal(services, visit, shard);
  if (planned.ok) {
    const { readVersion, settlement, writes } = planned.value;
    const kind = decisionOf(injuryCase) === "REFUSED" ? "RELEASE" : "FINAL";
    return readVersion === visit.version && settlement.kind === kind ? writes : "CHANGED";
  }
  return restingOn(services.db, injuryCase, block(services, visit, planned.failure));
}

/**
 * What was forgiven is still to be settled; of a stay settled in part, the fund's part is still to be recovered; what is
 * recovered is no longer in anybody's way.
 */
export function mayNeedAnotherStep(visit: Visit, injuryCase: InjuryCase): boolean {
  const step = decideStep(visit, injuryCase);
  if (step === "RECOVER") return visit.blockedBy !== undefined;
  return step === "FORGIVE" || (step === "SETTLE" && visit.standing.some(({ kind }) => kind === "INTERIM"));
}
