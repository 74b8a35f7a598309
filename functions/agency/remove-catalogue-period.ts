import { dayOf } from "../../shared/domain/dates.ts";
import { failure } from "../../shared/domain/failures.ts";
import { listRepricedDays } from "../../shared/domain/registry/catalogue-changes.ts";
import { countConcerned, isPastRepriced } from "../../shared/domain/registry/catalogue-warnings.ts";
import { refuse, succeed } from "../../shared/domain/result.ts";
import {
  findStandingItems,
  raiseReferenceVersion,
  readReferenceVersion,
  saveCatalogueItem,
} from "../../shared/store/reference-store.ts";
import { applyMessage } from "../apply.ts";
import type { MessageCallOf, Outcome } from "../bind.ts";
import type { Services } from "../services.ts";
import type { agencyOperations } from "./operations.ts";
import { toPeriodView } from "./reference-views.ts";
import { readWaitingBills } from "./waiting-bills.ts";

type Call = MessageCallOf<typeof agencyOperations.removeCataloguePeriod>;

/**
 * Takes away the period of an item that begins on a day; where two begin on it, for different kinds of visit, both.
 * The period before does not become longer by it. Bills that are settled stay as they are; the answer tells which
 * days lines are priced otherwise on from now, and how many waiting claims have such days.
 */
export const removeCataloguePeriod =
  (services: Pick<Services, "db" | "logger" | "now">) =>
  (call: Call): Outcome =>
    applyMessage(services, call, async () => {
      const { db } = services;
      const { itemCode } = call.params;
      const { from, reason } = call.body;
      const version = 1 + (await readReferenceVersion(db));
      const [found, waiting] = await Promise.all([findStandingItems(db, [itemCode]), readWaitingBills(db)]);
      const standing = found.get(itemCode);
      if (standing === undefined) return refuse(failure("CATALOGUE_ITEM_NOT_FOUND"));
      const { item } = standing;
      const periods = item.periods.filter((period) => period.from !== from);
      if (periods.length === item.periods.length)
        return refuse(failure("PERIOD_UNKNOWN", [{ pointer: "/from", code: "PERIOD_UNKNOWN" }]));
      const repriced = listRepricedDays(item.periods, periods);
      return succeed({
        subject: itemCode,
        reason,
        value: {
          itemCode,
          removed: item.periods.filter((period) => period.from === from).map(toPeriodView),
          periods: periods.map(toPeriodView),
          repriced,
          pastDaysRepriced: isPastRepriced(repriced, dayOf(services.now())),
          deferredClaims: countConcerned(repriced, waiting.bills),
          deferredClaimsAreAll: waiting.areAll,
        },
        writes: [
          saveCatalogueItem(db, { ...item, periods }, version, standing),
          raiseReferenceVersion(db, version),
        ],
      });
    });
