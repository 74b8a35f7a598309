import type { DatabaseSync } from "node:sqlite";
import { addEntries, type DayTotals, NO_DAY_TOTALS } from "../domain/reconciliation/day-totals.ts";
import {
  addUnlisted,
  type Cause,
  type CauseCounts,
  type Difference,
  type Elsewhere,
  type FundEntry,
  findDifference,
  MAX_LISTED,
  NO_CAUSES,
  type Pair,
  type Unlisted,
} from "../domain/reconciliation/difference.ts";
import type { DetailRow } from "../domain/reconciliation/statement.ts";
import { type EntryTable, makeEntryTable } from "./entry-table.ts";
import { type Finding, type FindingTable, makeFindingTable } from "./finding-table.ts";
import { withScratchDatabase } from "./scratch-database.ts";

type Batches<T> = AsyncIterable<readonly T[]> | Iterable<readonly T[]>;

/** Both sides of a hospital's day, each as it comes, in batches. */
export interface Sides {
  readonly entries: Batches<FundEntry>;
  readonly rows: Batches<DetailRow>;
  /** What the fund knows of rows that match nothing on the day, in their order. */
  readonly locateUnmatchedRows: (rows: readonly DetailRow[]) => Promise<readonly Elsewhere[]>;
  /** Takes differences in parts of `partSize`, the last one smaller; called only when both sides were read whole. */
  readonly keep: (differences: readonly Difference[], part: number) => Promise<void>;
  readonly partSize: number;
  /** How many differences are kept; what is beyond is counted, and not looked for elsewhere. */
  readonly most?: number;
}

export interface Comparison {
  readonly causes: CauseCounts;
  /** What was not kept, by cause; empty where everything was. */
  readonly unlisted: readonly Unlisted[];
  readonly hospital: DayTotals;
  readonly fund: DayTotals;
}

/** Hospital's rows that are looked up elsewhere together. */
const ROWS_AT_ONCE = 500;

/** Sorts one row: it agrees with an entry that nobody claimed yet, or it is kept as a finding. */
function place(row: DetailRow, entries: EntryTable, findings: FindingTable, claimed: Uint8Array): void {
  const match = entries.find(row);
  if (match === undefined) {
    findings.add({ kind: findings.isRepeated(row) ? "REPEATED" : "ONLY_HOSPITAL", row });
    return;
  }
  if (claimed[match.number] === 1) {
    findings.add({ kind: "REPEATED", row, entry: match.number });
    return;
  }
  claimed[match.number] = 1;
  if (!match.isEqual) findings.add({ kind: "MATCHED", row, entry: match.number });
}

type LocateUnmatchedRows = Sides["locateUnmatchedRows"];

/** Of rows that are only counted it does not matter whether another day has them. */
const locateNowhere: LocateUnmatchedRows = async (rows) => rows.map(() => ({ kind: "NOWHERE" }));

async function toPairs(
  findings: readonly Finding[],
  entries: EntryTable,
  locateUnmatchedRows: LocateUnmatchedRows,
): Promise<Pair[]> {
  const alone = findings.filter(({ kind }) => kind === "ONLY_HOSPITAL").map(({ row }) => row);
  const found = alone.length === 0 ? [] : await locateUnmatchedRows(alone);
  const elsewhere = new Map(alone.map((row, index) => [row, found[index]]));
  return findings.map(({ kind, row, entry: number }): Pair => {
    const entry = number === undefined ? undefined : entries.get(number);
    if (kind === "ONLY_HOSPITAL") return { kind, row, elsewhere: elsewhere.get(row) ?? { kind: "NOWHERE" } };
    return kind === "REPEATED" || entry === undefined
      ? { kind: "REPEATED", row, entry }
      : { kind: "MATCHED", row, entry };
  });
}

async function* pairsOf(
  findings: FindingTable,
  entries: EntryTable,
  claimed: Uint8Array,
  { locateUnmatchedRows, most = MAX_LISTED }: Sides,
): AsyncGenerator<readonly Pair[]> {
  let count = 0;
  for (const page of findings.pages(ROWS_AT_ONCE)) {
    yield await toPairs(page, entries, count < most ? locateUnmatchedRows : locateNowhere);
    count += page.length;
  }
  for (let number = claimed.indexOf(0); number >= 0; number = claimed.indexOf(0, number + 1)) {
    yield [{ kind: "ONLY_FUND", entry: entries.get(number) }];
  }
}

async function keepAll(
  pairs: AsyncIterable<readonly Pair[]>,
  sides: Sides,
): Promise<Pick<Comparison, "causes" | "unlisted">> {
  const counts: Record<Cause, number> = { ...NO_CAUSES };
  const unlisted = new Map<Cause, Unlisted>();
  const { most = MAX_LISTED } = sides;
  let kept = 0;
  let waiting: Difference[] = [];
  let part = 0;
  for await (const batch of pairs) {
    for (const pair of batch) {
      const difference = findDifference(pair);
      if (difference === undefined) continue;
      const { cause } = difference;
      counts[cause] += 1;
      if (kept < most) waiting.push(difference);
      else unlisted.set(cause, addUnlisted(unlisted.get(cause), difference));
      kept += 1;
    }
    while (waiting.length >= sides.partSize) {
      await sides.keep(waiting.slice(0, sides.partSize), part);
      waiting = waiting.slice(sides.partSize);
      part += 1;
    }
  }
  if (waiting.length > 0) await sides.keep(waiting, part);
  return { causes: counts, unlisted: [...unlisted.values()] };
}

async function compareIn(database: DatabaseSync, sides: Sides): Promise<Comparison> {
  const entries = makeEntryTable(database);
  const findings = makeFindingTable(database);
  let [fund, hospital] = [NO_DAY_TOTALS, NO_DAY_TOTALS];
  for await (const batch of sides.entries) {
    entries.add(batch);
    fund = addEntries(fund, batch);
  }
  const claimed = new Uint8Array(entries.seal());
  for await (const batch of sides.rows) {
    hospital = addEntries(hospital, batch);
    for (const row of batch) place(row, entries, findings, claimed);
  }
  const kept = await keepAll(pairsOf(findings, entries, claimed, sides), sides);
  return { ...kept, hospital, fund };
}

/**
 * Compares a hospital's day row by row and hands over every difference: first those of the hospital's rows, in their
 * order, then what only the fund has, in the order of time; beyond the first 20,000 they are only summed up. Neither
 * side is ever in memory as a whole.
 */
export const compareSides = (sides: Sides): Promise<Comparison> =>
  withScratchDatabase((database) => compareIn(database, sides));
