import { answerWith, type CallOf, type Outcome } from "../kit/bind.ts";
import { cutPage, dayAnd, readPlace } from "../kit/cursor.ts";
import type { Services } from "../kit/services.ts";
import type { listPoliciesContract } from "./list-policies.contract.ts";
import { toPolicyView } from "./reference-views.ts";

type Call = CallOf<typeof listPoliciesContract>;

const isDay = dayAnd(/^$/);

/** All policies, those that are over or to come among them, the latest first. */
export const listPolicies =
  ({ references }: Pick<Services, "references">) =>
  async (call: Call): Outcome => {
    const place = readPlace(call, isDay);
    if (!place.ok) return place;
    const before = place.value;
    const { policies } = await references.load([]);
    const left = policies
      .filter(({ effectiveFrom }) => before === undefined || effectiveFrom < before)
      .toSorted((a, b) => (a.effectiveFrom < b.effectiveFrom ? 1 : -1));
    const { page, nextCursor } = cutPage(call, left, ({ effectiveFrom }) => effectiveFrom);
    return answerWith({ items: page.map(toPolicyView), nextCursor });
  };
