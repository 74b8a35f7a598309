import { failure } from "../../shared/domain/failures.ts";
import { err } from "../../shared/domain/result.ts";
import { answerWith, type CallOf, type Outcome } from "../kit/bind.ts";
import type { Services } from "../kit/services.ts";
import type { getCatalogueItemContract } from "./get-catalogue-item.contract.ts";
import { toCatalogueItemView } from "./reference-views.ts";

type Call = CallOf<typeof getCatalogueItemContract>;

/** An item with all of its periods, those that are over among them. */
export const getCatalogueItem =
  ({ references }: Pick<Services, "references">) =>
  async ({ params: { itemCode } }: Call): Outcome => {
    const { findItem } = await references.load([itemCode]);
    const item = findItem(itemCode);
    if (item === undefined) return err(failure("CATALOGUE_ITEM_NOT_FOUND"));
    return answerWith(toCatalogueItemView(item));
  };
