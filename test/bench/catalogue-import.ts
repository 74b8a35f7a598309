import { inParallel } from "./caller.ts";
import { withEmbedded } from "./embedded.ts";
import { type BenchOptions, type Findings, formatNumber, timed } from "./figures.ts";

const ITEMS = 6_000;
const ITEMS_PER_MESSAGE = 500;
const MESSAGES_AT_ONCE = 4;

const makeItem = (index: number) => ({
  itemCode: `BENCH${String(index).padStart(6, "0")}`,
  name: `试验项目 ${index}`,
  kind: "SERVICE",
  unit: "次",
  periods: [
    {
      from: "2021-01-01",
      to: null,
      medical: true,
      rehabilitation: index % 3 === 0,
      restricted: index % 7 === 0,
      caps: { "1": `${index % 90}.5`, "2": `${index % 90}.75`, "3": `${index % 90}.95` },
      ...(index % 5 === 0 ? { maxPerDay: "2" } : {}),
    },
  ],
});

/** A whole catalogue, stated in messages of five hundred items. */
export const measureCatalogueImport = ({ quick }: BenchOptions): Promise<Findings> =>
  withEmbedded(async ({ makeFunctions }) => {
    const items = Array.from({ length: quick ? ITEMS / 4 : ITEMS }, (_, index) => makeItem(index));
    const messages = items.length / ITEMS_PER_MESSAGE;
    const { call, meter } = makeFunctions();
    const importAll = () =>
      inParallel(MESSAGES_AT_ONCE, messages, async (message) => {
        const start = message * ITEMS_PER_MESSAGE;
        await call("import-catalogue", { body: { items: items.slice(start, start + ITEMS_PER_MESSAGE) } });
      });
    const { value: used, ms } = await timed(() => meter.measure(importAll));
    return {
      title: "Catalogue import",
      figures: [
        {
          what: `import of ${formatNumber(items.length)} catalogue items`,
          measured: (items.length * 1_000) / ms,
          unit: "items a second",
        },
        { what: "write units of an item", measured: used.writeUnits / items.length, unit: "write units" },
      ],
      notes: [
        `${messages} messages of ${ITEMS_PER_MESSAGE} items, ${MESSAGES_AT_ONCE} at a time, into the embedded engine in memory.`,
      ],
    };
  });
