import type { CatalogueItem } from "./catalogue.ts";
import type { Policy } from "./policy.ts";

/** Catalogue and policies as they stand at a version. */
export interface ReferenceData {
  readonly version: number;
  readonly policies: readonly Policy[];
  readonly findItem: (itemCode: string) => CatalogueItem | undefined;
}
