import { readCatalogueItems } from "./catalogue-file.ts";
import { makeDistrict } from "./district.ts";
import type { CatalogueItemBody, District } from "./registry-bodies.ts";

/**
 * All reference data of the fictional district as plain request bodies of the agency's operations: what is PUT
 * stands as its key and its `body`, what is POSTed as the body itself. Nobody in it exists. Reads catalogue.csv.
 */
export interface DemoRegistry extends District {
  readonly catalogueItems: readonly CatalogueItemBody[];
}

export const demoRegistry = (): DemoRegistry => ({ ...makeDistrict(), catalogueItems: readCatalogueItems() });
