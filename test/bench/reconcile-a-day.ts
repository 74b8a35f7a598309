import { compareSides } from "../../shared/comparison/compare-sides.ts";
import { readDetailsCsv } from "../../shared/comparison/details-csv.ts";
import { formatAllocation } from "../../shared/domain/bearers.ts";
import { fen, formatYuan, ZERO_FEN } from "../../shared/domain/money.ts";
import { detailColumns } from "../../shared/domain/reconciliation/detail-columns.ts";
import type { FundEntry } from "../../shared/domain/reconciliation/difference.ts";

/**
 * One comparison of a hospital's day, in a process of its own whose memory is nobody else's: as many rows of a CSV
 * as the argument says against as many entries, both made as they are read. Prints seconds and peak memory as JSON.
 */
const rows = Number(process.argv[2]);
const BATCH = 500;
/** One in a thousand is lost at either side or has another amount. */
const EVERY = 1_000;

function makeEntry(index: number): FundEntry {
  // As random as an id is, so that neither side comes in the order of the index.
  const id = Math.imul(index, 2_654_435_761) >>> 0;
  const visitId = `V${id.toString(36).toUpperCase().padStart(20, "0")}`;
  const [fund, hospital] = [fen(10_000 + (index % 97_003)), fen(index % 503)];
  return {
    ...{ kind: "SETTLEMENT", settlementId: `${visitId}-1`, visitId },
    messageKey: `H33030400001202611020930${String(index).padStart(8, "0")}`,
    total: fen(fund + hospital),
    allocation: {
      fund,
      hospital,
      employer: ZERO_FEN,
      thirdParty: ZERO_FEN,
      otherInsurer: ZERO_FEN,
      personal: ZERO_FEN,
    },
  };
}

function* makeEntries(): Generator<readonly FundEntry[]> {
  for (let start = 0; start < rows; start += BATCH) {
    const batch = Array.from({ length: Math.min(BATCH, rows - start) }, (_, place) =>
      makeEntry(start + place),
    );
    yield batch.filter((_entry, place) => (start + place) % EVERY !== 1);
  }
}

function toLine(index: number): string {
  const { settlementId, visitId, messageKey, kind, total, allocation } = makeEntry(index);
  const stated = index % EVERY === 2 ? fen(total + 1) : total;
  const parts = { ...allocation, fund: fen(allocation.fund + stated - total) };
  // A third of the hospital's answers were lost: it knows only its own messages.
  const named = index % 3 === 0 ? ["", messageKey] : [settlementId, index % 3 === 1 ? messageKey : ""];
  const { fund, employer, hospital, thirdParty, otherInsurer, personal } = formatAllocation(parts);
  const bearers = [fund, employer, hospital, thirdParty, otherInsurer, personal];
  return [...named, visitId, `MZ${index}`, kind, formatYuan(stated), ...bearers].join(",");
}

async function* makeCsv(): AsyncGenerator<Uint8Array> {
  yield Buffer.from(`${detailColumns.join(",")}\n`);
  for (let start = 0; start < rows; start += BATCH) {
    const places = Array.from(
      { length: Math.min(BATCH, rows - start) },
      (_, place) => rows - 1 - start - place,
    );
    yield Buffer.from(
      `${places
        .filter((index) => index % EVERY !== 0)
        .map(toLine)
        .join("\n")}\n`,
    );
  }
}

const startedAt = performance.now();
const { causes } = await compareSides({
  entries: makeEntries(),
  rows: readDetailsCsv(makeCsv()),
  locateUnmatchedRows: async (alone) => alone.map(() => ({ kind: "NOWHERE" })),
  keep: async () => undefined,
  partSize: BATCH,
});
const seconds = (performance.now() - startedAt) / 1_000;
const peakMegabytes = (process.resourceUsage().maxRSS * 1_024) / 1e6;
console.log(JSON.stringify({ seconds, peakMegabytes, causes }));
