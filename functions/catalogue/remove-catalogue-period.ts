import { listRepricedDays, listUncoveredDays } from "../../shared/domain/catalogue/catalogue-changes.ts";
import { countConcerned, isPastRepriced } from "../../shared/domain/catalogue/catalogue-warnings.ts";
import { stateAgain, stateItem } from "../../shared/domain/catalogue/item-history.ts";
import { dayOf, type Instant, instantOf } from "../../shared/domain/dates.ts";
import { type Failure, failure } from "../../shared/domain/failures.ts";
import { err, ok, type Result } from "../../shared/domain/result.ts";
import { type StandingItem, saveCatalogueItem } from "../../shared/store/catalogue/catalogue-store.ts";
import { nextReferenceVersion, raiseReferenceVersion } from "../../shared/store/catalogue/reference-store.ts";
import { findRemovals, recordRemoval } from "../../shared/store/catalogue/removed-periods-store.ts";
import { applyRegistration, type Decision, type IsThere } from "../kit/apply.ts";
import type { MessageCallOf, Outcome } from "../kit/bind.ts";
import type { Services } from "../kit/services.ts";
import { toPeriodView } from "./reference-views.ts";
import type { removeCataloguePeriodContract } from "./remove-catalogue-period.contract.ts";
import { readStandingAsOf } from "./standing-items.ts";
import { readWaitingBills } from "./waiting-bills.ts";

type Call = MessageCallOf<typeof removeCataloguePeriodContract>;
type Needs = Pick<Services, "db" | "logger" | "now">;

const notFound = failure("CATALOGUE_ITEM_NOT_FOUND");
const unknownPeriod = failure("PERIOD_UNKNOWN", [{ pointer: "/from", code: "PERIOD_UNKNOWN" }]);

interface PlannedRemoval extends Pick<Decision, "writes"> {
  readonly at: Instant;
  readonly standing: StandingItem;
  readonly next: StandingItem["item"];
}

/** What an item is without a period: now, or where the removal is on record, in the place that it had among others. */
async function planRemoval(
  { db, now }: Needs,
  { params: { itemCode }, body: { from } }: Call,
  again: Instant | undefined,
): Promise<Result<PlannedRemoval, Failure>> {
  const [{ standing: found, read, known }, removals] = await Promise.all([
    readStandingAsOf(db, [itemCode]),
    findRemovals(db, [itemCode]),
  ]);
  const standing = found.get(itemCode);
  if (standing === undefined) return err(notFound);
  const version = nextReferenceVersion(now(), known);
  const at = again ?? instantOf(version);
  const removal = { at, removedFrom: from };
  const stated = again === undefined ? stateItem(standing, removal) : stateAgain(standing, removal, []);
  if (!stated.ok) return err(unknownPeriod);
  const next = stated.value ?? standing;
  const record =
    again === undefined ? [recordRemoval(db, itemCode, removals.get(itemCode) ?? [], removal)] : [];
  const writes = [
    saveCatalogueItem(db, next, version, standing),
    raiseReferenceVersion(db, version, read),
    ...record,
  ];
  return ok({ at, standing, next: next.item, writes: next === standing ? [] : writes });
}

/** Whether a removal is among what its item came from. */
const isThere =
  (services: Needs, call: Call): IsThere =>
  async ({ at }) => {
    const planned = await planRemoval(services, call, at);
    return planned.ok && planned.value.writes.length === 0;
  };

/**
 * Takes away the period of an item that begins on a day; where two begin on it, for different kinds of visit, both.
 * The period before does not become longer by it. Bills that are settled stay as they are; the answer tells which
 * days lines are priced otherwise on from now, which of them have no price at all, and how many waiting claims have such
 * days. Where the Registry has lost the removal, a repeat takes the period away again.
 */
export const removeCataloguePeriod =
  (services: Needs) =>
  (call: Call): Outcome =>
    applyRegistration(services, call, isThere(services, call), async (_attempt, before) => {
      const { db, now } = services;
      const { itemCode } = call.params;
      const { from, reason } = call.body;
      const [planned, waiting] = await Promise.all([
        planRemoval(services, call, before?.at),
        readWaitingBills(db),
      ]);
      if (!planned.ok) return planned;
      const { at, standing, next, writes } = planned.value;
      if (before === undefined && writes.length === 0) return err(unknownPeriod);
      const repriced = listRepricedDays(standing.item.periods, next.periods);
      return ok({
        subject: itemCode,
        reason,
        at,
        value: {
          itemCode,
          removed: standing.item.periods.filter((period) => period.from === from).map(toPeriodView),
          periods: next.periods.map(toPeriodView),
          repriced,
          unpriced: listUncoveredDays(standing.item.periods, next.periods),
          pastDaysRepriced: isPastRepriced(repriced, dayOf(now())),
          deferredClaims: countConcerned(repriced, waiting.bills),
          deferredClaimsAreAll: waiting.areAll,
        },
        writes,
      });
    });
