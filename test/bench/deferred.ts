import { setTimeout as wait } from "node:timers/promises";
import * as z from "zod/mini";
import { dayOf, instantOf } from "../../shared/domain/dates.ts";
import { type Caller, inParallel, makeHttpCaller } from "./caller.ts";
import { atLeast, type BenchOptions, type Findings } from "./figures.ts";
import { startLocalService } from "./local-service.ts";
import { caseOf, openBillOfTen, stateWorld } from "./world.ts";

const CLIENTS = 16;
const POLL_MS = 200;

const Totals = z.object({ totals: z.object({ count: z.number() }) });

/** How many bills are settled: the cheapest question that says so, because it is asked while they are. */
async function countSettled(call: Caller): Promise<number> {
  const on = dayOf(instantOf(Date.now()));
  const { text } = await call("summarise-settlements", { query: { from: on, to: on, groupBy: "hospital" } });
  return Totals.parse(JSON.parse(text)).totals.count;
}

async function settleDirectly(call: Caller, count: number): Promise<number> {
  const visitIds: string[] = [];
  await inParallel(CLIENTS, count, async () => {
    visitIds.push(await openBillOfTen(call));
  });
  const startedAt = performance.now();
  await inParallel(CLIENTS, count, async (index) => {
    await call("settle-visit", { params: { visitId: visitIds[index] ?? "" } });
  });
  return (count * 1_000) / (performance.now() - startedAt);
}

/** Bills of ten lines that wait, spread over so many cases that are not decided yet. */
async function defer(call: Caller, name: string, cases: number, visits: number): Promise<void> {
  await inParallel(CLIENTS, cases, async (index) => {
    await call("put-case", caseOf(`${name}-${index}`, index, "APPLIED"));
  });
  await inParallel(CLIENTS, visits, async (index) => {
    const caseIndex = index % cases;
    const visitId = await openBillOfTen(call, { caseNo: `${name}-${caseIndex}`, worker: caseIndex });
    await call("settle-visit", { params: { visitId } });
  });
}

/** Decides the cases and waits until all their bills are settled; seconds. */
async function decide(call: Caller, name: string, cases: number, visits: number): Promise<number> {
  const before = await countSettled(call);
  const startedAt = performance.now();
  await inParallel(CLIENTS, cases, async (index) => {
    await call("put-case", caseOf(`${name}-${index}`, index, "RECOGNISED"));
  });
  while ((await countSettled(call)) < before + visits) await wait(POLL_MS);
  return (performance.now() - startedAt) / 1_000;
}

/** What waited for its decision settles by itself; beside it, the same bills settled by the hospitals' own calls. */
export async function measureDeferred({ quick }: BenchOptions): Promise<Findings> {
  const { direct, cases, visits, ofOneCase } = quick
    ? { direct: 200, cases: 60, visits: 300, ofOneCase: 100 }
    : { direct: 800, cases: 2_000, visits: 10_000, ofOneCase: 500 };
  const service = await startLocalService();
  const { call, close } = await makeHttpCaller(service.url, CLIENTS);
  try {
    await stateWorld(call);
    const perSecond = await settleDirectly(call, direct);
    await defer(call, "WAITS", cases, visits);
    const seconds = await decide(call, "WAITS", cases, visits);
    await defer(call, "MANY", 1, ofOneCase);
    const oneCase = await decide(call, "MANY", 1, ofOneCase);
    return {
      title: "What waited for a decision settles by itself, on one machine",
      figures: [
        { what: "direct settlement, 16 clients", measured: perSecond, unit: "a second" },
        {
          what: `${visits} deferred visits of ${cases} cases, decisions included`,
          measured: visits / seconds,
          unit: "a second",
          budget: atLeast(perSecond / 2),
        },
        { what: `one case with ${ofOneCase} deferred visits`, measured: oneCase, unit: "s" },
      ],
    };
  } finally {
    close();
    await service.stop();
  }
}
