import { SUMMARY_SHARDS } from "../../shared/store/kit/keys.ts";
import { commitTransaction } from "../../shared/store/kit/transaction.ts";
import type { Metered } from "../support/capacity-meter.ts";
import type { Caller } from "./caller.ts";
import { type Embedded, type MeteredFunctions, withEmbedded } from "./embedded.ts";
import { atLeast, atMost, type BenchOptions, type Findings, formatNumber } from "./figures.ts";
import {
  captureTransaction,
  copyOf,
  headerBefore,
  onlyPartition,
  type SettleTransaction,
  withoutLines,
} from "./settle-transaction.ts";
import { discharge, makeLines, openBillOfTen, openVisit } from "./world.ts";

const LINES_PER_UPLOAD = 500;
/** Bills differ in what their reasons take: the dearest of these counts. */
const BILLS = 40;

/** A stay that was discharged with so many lines. */
async function makeStay(call: Caller, lineCount: number): Promise<string> {
  const visitId = await openVisit(call, "INPATIENT");
  for (let start = 0; start < lineCount; start += LINES_PER_UPLOAD) {
    const lines = makeLines(Math.min(LINES_PER_UPLOAD, lineCount - start), start);
    await call("upload-charges", { params: { visitId }, body: { lines } });
  }
  await discharge(call, visitId);
  return visitId;
}

type Costs = Map<string, Metered>;

const dearest = (all: readonly Metered[]): Metered =>
  all.reduce((a, b) => ({
    roundTrips: Math.max(a.roundTrips, b.roundTrips),
    calls: Math.max(a.calls, b.calls),
    readUnits: Math.max(a.readUnits, b.readUnits),
    writeUnits: Math.max(a.writeUnits, b.writeUnits),
    storedBytes: Math.max(a.storedBytes, b.storedBytes),
  }));

async function measureSmallCalls(warm: MeteredFunctions, costs: Costs): Promise<void> {
  const { call, meter } = warm;
  const cost = async (name: string, work: () => Promise<unknown>): Promise<void> => {
    costs.set(name, await meter.measure(work));
  };
  await cost("register-visit, outpatient", () => openVisit(call, "OUTPATIENT"));
  let visitId = "";
  await cost("register-visit, stay", async () => {
    visitId = await openVisit(call, "INPATIENT");
  });
  const params = { visitId };
  const upload = (count: number, start: number) => () =>
    call("upload-charges", { params, body: { lines: makeLines(count, start) } });
  await cost("upload-charges, 100 lines, the first", upload(100, 0));
  await cost("upload-charges, 100 lines, after 100", upload(100, 100));
  await cost("upload-charges, 10 lines, after 200", upload(10, 200));
  await upload(490, 300)();
  await cost("upload-charges, 100 lines, after 700", upload(100, 800));
  await cost("preview-settlement, 800 lines", () => call("preview-settlement", { params }));
  await cost("discharge-worker", () => discharge(call, visitId));
  await cost("get-visit", () => call("get-visit", { params }));
  await call("settle-visit", { params });
  const settlement = { settlementId: `${visitId}-1` };
  await cost("get-settlement", () => call("get-settlement", { params: settlement }));
  await cost("list-settlement-lines, 100 lines", () => call("list-settlement-lines", { params: settlement }));
  const query = { from: "2026-01-01", to: "2026-01-31", groupBy: "hospital" };
  await cost("summarise-settlements, one month", () => call("summarise-settlements", { query }));
}

async function measureSettles(
  embedded: Embedded,
  warm: MeteredFunctions,
  costs: Costs,
  stays: readonly number[],
) {
  const settle = ({ call, meter }: MeteredFunctions, visitId: string): Promise<Metered> =>
    meter.measure(() => call("settle-visit", { params: { visitId } }));
  const settleMany = async (functionsOf: () => MeteredFunctions): Promise<Metered> => {
    const all: Metered[] = [];
    for (let bill = 0; bill < BILLS; bill += 1) {
      all.push(await settle(functionsOf(), await openBillOfTen(warm.call)));
    }
    return dearest(all);
  };
  costs.set("settle-visit, 10 lines, warm", await settleMany(() => warm));
  costs.set("settle-visit, 10 lines, cold", await settleMany(embedded.makeFunctions));
  for (const lineCount of stays) {
    const name = `settle-visit, ${formatNumber(lineCount)} lines`;
    costs.set(`${name}, warm`, await settle(warm, await makeStay(warm.call, lineCount)));
    costs.set(`${name}, cold`, await settle(embedded.makeFunctions(), await makeStay(warm.call, lineCount)));
  }
}

/** Parts of the transaction of one settlement, sent again under other keys. */
async function measureParts({ services, call, meter }: MeteredFunctions) {
  const visitId = await openBillOfTen(call);
  const settle = () => call("settle-visit", { params: { visitId } });
  const transaction = await captureTransaction(services, visitId, settle);
  let copies = 0;
  const send = async (part: SettleTransaction): Promise<Metered> => {
    copies += 1;
    const header = { TableName: services.db.ledger, Item: headerBefore(transaction, copies) };
    await commitTransaction(services.db, [{ item: { Put: header }, onConditionFailed: "CHANGED" }]);
    return meter.measure(() => commitTransaction(services.db, copyOf(part, copies)));
  };
  return {
    header: await send(withoutLines(transaction)),
    ledgerEntry: await send(onlyPartition(transaction, "LEDGER#")),
    summaryRow: await send(onlyPartition(transaction, "SUMMARY#")),
  };
}

/** What one partition takes each second (DynamoDB developer guide, "Service quotas"). */
const WRITE_UNITS_OF_PARTITION = 1_000;

/** Round trips and capacity of each operation, as the engine's answers state them. */
export const measureStoreCosts = ({ quick }: BenchOptions): Promise<Findings> =>
  withEmbedded(async (embedded) => {
    const stays = quick ? [1_000] : [1_000, 10_000];
    const costs: Costs = new Map();
    const warm = embedded.makeFunctions();
    await measureSmallCalls(warm, costs);
    await measureSettles(embedded, warm, costs, stays);
    const { header, ledgerEntry, summaryRow } = await measureParts(warm);
    costs.set("settle-visit, 10 lines, its posting without the lines", header);
    const settlementsOfDay = WRITE_UNITS_OF_PARTITION / ledgerEntry.writeUnits;
    const settlementsOfMonth = (SUMMARY_SHARDS * WRITE_UNITS_OF_PARTITION) / summaryRow.writeUnits;

    const of = (name: string, field: keyof Metered): number | undefined => costs.get(name)?.[field];
    const unit = "write units";
    const settles = [...costs.keys()].filter((name) => /^settle-visit.*(warm|cold)$/.test(name));
    const uploads = [...costs.keys()].filter((name) => name.startsWith("upload-charges, 100"));
    return {
      title: "Round trips and capacity",
      figures: [
        ...settles.map((name) => ({
          what: `${name}: sequential round trips`,
          measured: of(name, "roundTrips"),
          unit: "round trips",
          budget: atMost(3),
        })),
        {
          what: "settle-visit, 10 lines, without index arms",
          measured: of("settle-visit, 10 lines, warm", "writeUnits"),
          unit,
          budget: atMost(16),
        },
        {
          what: "settle-visit, 10 lines, its posting without the lines",
          measured: of("settle-visit, 10 lines, its posting without the lines", "writeUnits"),
          unit,
          budget: atMost(12),
        },
        ...uploads.flatMap((name) => [
          {
            what: `${name}: sequential round trips`,
            measured: of(name, "roundTrips"),
            unit: "round trips",
            budget: atMost(2),
          },
          { what: name, measured: of(name, "writeUnits"), unit, budget: atMost(30) },
        ]),
        {
          what: "one hospital and day, on paper",
          measured: Math.min(settlementsOfDay, settlementsOfMonth),
          unit: "settlements a second",
          budget: atLeast(200),
        },
      ],
      comparisons: [
        {
          title: "Per operation",
          columns: ["operation", "round trips", "calls", "read units", "write units"],
          rows: [...costs].map(([name, used]) => [
            name,
            ...[used.roundTrips, used.calls, used.readUnits, used.writeUnits].map(formatNumber),
          ]),
        },
      ],
      notes: [
        `Of the 10-line bills the dearest of ${BILLS} is told. Cold means that the process remembers nothing: neither the catalogue, nor the policies, nor which case the visit belongs to.`,
        "Write units are those of the tables, transactions counted twice; what the indexes add is left out, as in the budget.",
        `On paper: a partition takes ${WRITE_UNITS_OF_PARTITION} write units a second. All settlements of one hospital and day share the partition of its ledger entries (${formatNumber(settlementsOfDay)} a second); all of a month share the ${SUMMARY_SHARDS} partitions of the summary (${formatNumber(settlementsOfMonth)} a second).`,
      ],
    };
  });
