import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import * as z from "zod/mini";
import { readCatalogueCsv } from "../../../../infra/tools/catalogue/catalogue-csv.ts";
import { CatalogueItem, capFor, findPeriod } from "../../../../shared/domain/catalogue/catalogue.ts";
import { formatPrice } from "../../../../shared/domain/money.ts";

const file = join(import.meta.dirname, "../../../../../shared/data/catalogue.csv");

/** Without zeros at the end, as prices are written. */
const plain = (decimal: string): string =>
  decimal.includes(".") ? decimal.replace(/0+$/, "").replace(/\.$/, "") : decimal;

it.skipIf(!existsSync(file))(
  "every item of the real catalogue keeps its caps to the last digit and is found on each period's days (skipped where ../shared/data/catalogue.csv is absent)",
  () => {
    const { entries, rejected } = readCatalogueCsv(readFileSync(file));
    expect(rejected).toEqual([]);
    expect(entries.length).toBeGreaterThan(6_000);
    for (const { item: written } of entries) {
      const item = z.parse(CatalogueItem, written);
      item.periods.forEach((period, index) => {
        if (period.medical) expect(findPeriod(item, period.from, "INPATIENT")).toBe(period);
        if (period.rehabilitation)
          expect(findPeriod(item, period.from, "REHABILITATION_INPATIENT")).toBe(period);
        for (const tier of [1, 2, 3] as const) {
          const cap = capFor(period, tier);
          const text = z.parse(WrittenPeriods, written).periods[index]?.caps?.[tier];
          expect([item.itemCode, cap && formatPrice(cap)]).toEqual([item.itemCode, text && plain(text)]);
        }
      });
    }
  },
);

const WrittenPeriods = z.object({
  periods: z.array(
    z.object({ caps: z.nullable(z.object({ "1": z.string(), "2": z.string(), "3": z.string() })) }),
  ),
});
