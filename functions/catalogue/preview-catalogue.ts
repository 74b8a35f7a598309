import {
  areSameItems,
  listChanges,
  listRepricedDays,
  listUncoveredDays,
} from "../../shared/domain/catalogue/catalogue-changes.ts";
import {
  countConcerned,
  isPastRepriced,
  warnOfAllCaps,
} from "../../shared/domain/catalogue/catalogue-warnings.ts";
import { toCodeForm } from "../../shared/domain/catalogue/code-form.ts";
import { type Day, dayOf, type Period } from "../../shared/domain/dates.ts";
import { findCodesOfForms, findStandingItems } from "../../shared/store/catalogue/catalogue-store.ts";
import { answerWith, type CallOf, type Outcome } from "../kit/bind.ts";
import type { Services } from "../kit/services.ts";
import {
  type ItemPreview,
  MAX_TOLD,
  refusedItem,
  toChangeViews,
  type WarningOfItem,
} from "./catalogue-change-views.ts";
import { type MergedItem, mergeStated } from "./plan-import.ts";
import type { previewCatalogueContract } from "./preview-catalogue.contract.ts";
import { readWaitingBills, type WaitingBills } from "./waiting-bills.ts";

type Call = CallOf<typeof previewCatalogueContract>;

interface Circumstances {
  readonly today: Day;
  readonly waiting: WaitingBills;
  /** The first code of each form of the new codes. */
  readonly codesOfForms: ReadonlyMap<string, string>;
}

/**
 * An item that is new had no price that could change. Of stays that are still open nobody keeps which items they have:
 * they are concerned where days that have come are priced anew.
 */
function warnOf(
  { standing, merged }: MergedItem,
  { today, codesOfForms }: Circumstances,
  repriced: readonly Period[],
  concerned: number,
): WarningOfItem[] {
  const before = standing?.item.periods ?? [];
  const [uncovered] = listUncoveredDays(before, merged.periods);
  const isKnown = standing !== undefined;
  const otherCode = isKnown ? undefined : codesOfForms.get(toCodeForm(merged.itemCode));
  return [
    ...(otherCode === undefined || otherCode === merged.itemCode
      ? []
      : [{ code: "CODE_LOOKS_LIKE_ANOTHER", otherCode } as const]),
    ...warnOfAllCaps(listChanges(before, merged.periods)),
    ...(uncovered === undefined ? [] : [{ code: "NO_LONGER_PAYABLE", from: uncovered.from } as const]),
    ...(isKnown && concerned > 0 ? [{ code: "DEFERRED_CLAIMS_REPRICED" } as const] : []),
    ...(isKnown && isPastRepriced(repriced, today) ? [{ code: "PAST_DAYS_REPRICED" } as const] : []),
  ];
}

function previewItem(item: MergedItem, circumstances: Circumstances): ItemPreview {
  const { standing, merged } = item;
  const before = standing?.item.periods ?? [];
  const changes = listChanges(before, merged.periods);
  const repriced = listRepricedDays(before, merged.periods);
  const concerned = countConcerned(repriced, circumstances.waiting.bills);
  const warnings = warnOf(item, circumstances, repriced, concerned);
  const isSame = standing !== undefined && areSameItems(standing.item, merged);
  return {
    itemCode: merged.itemCode,
    outcome: standing === undefined ? "NEW" : isSame ? "UNCHANGED" : "CHANGED",
    changeCount: changes.length,
    changes: changes.flatMap(toChangeViews).slice(0, MAX_TOLD),
    repriced: repriced.slice(0, MAX_TOLD),
    deferredClaims: concerned,
    warningCount: warnings.length,
    warnings: warnings.slice(0, MAX_TOLD),
    errors: [],
  };
}

/** Tells item by item what an import would change, whom it would concern, and what in it looks like a slip. */
export const previewCatalogue =
  ({ db, now }: Pick<Services, "db" | "now">) =>
  async ({ body, signal }: Call): Outcome => {
    const limited = { ...db, signal };
    const items = body.items.map((stated, position) => ({ stated, position }));
    const [standing, waiting] = await Promise.all([
      findStandingItems(
        limited,
        body.items.map(({ itemCode }) => itemCode),
      ),
      readWaitingBills(limited),
    ]);
    const news = body.items.filter(({ itemCode }) => !standing.has(itemCode));
    const codesOfForms = await findCodesOfForms(
      limited,
      news.map(({ itemCode }) => toCodeForm(itemCode)),
    );
    const circumstances = { today: dayOf(now()), waiting, codesOfForms };
    const previews = items.map((item) => {
      const merged = mergeStated(item, standing);
      return merged.ok
        ? previewItem(merged.value, circumstances)
        : refusedItem(item.stated.itemCode, merged.failure);
    });
    return answerWith({ items: previews, deferredClaimsAreAll: waiting.areAll });
  };
