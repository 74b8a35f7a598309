import { fork } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTables } from "../../infra/local/create-tables.ts";
import { startEngine } from "../../infra/local/engine.ts";
import type { BareOrder } from "./bare-engine.ts";
import { type Caller, inParallel, makeFunctions, makeHttpCaller } from "./caller.ts";
import {
  atLeast,
  atMost,
  type BenchOptions,
  type Findings,
  formatNumber,
  median,
  percentile,
} from "./figures.ts";
import { type LocalService, startLocalService } from "./local-service.ts";
import { captureTransaction, type SettleTransaction } from "./settle-transaction.ts";
import { openBillOfTen, stateWorld } from "./world.ts";

const CLIENTS = 16;

interface Load {
  readonly perSecond: number;
  readonly latenciesMs: readonly number[];
}

async function prepare(call: Caller, count: number): Promise<string[]> {
  const visitIds: string[] = [];
  await inParallel(CLIENTS, count, async () => {
    visitIds.push(await openBillOfTen(call));
  });
  return visitIds;
}

async function settleAll(call: Caller, visitIds: readonly string[], clients: number): Promise<Load> {
  const latenciesMs: number[] = [];
  const startedAt = performance.now();
  await inParallel(clients, visitIds.length, async (index) => {
    const sentAt = performance.now();
    await call("settle-visit", { params: { visitId: visitIds[index] ?? "" } });
    latenciesMs.push(performance.now() - sentAt);
  });
  return { perSecond: (visitIds.length * 1_000) / (performance.now() - startedAt), latenciesMs };
}

/** The rate at which a process that only commits gets copies of the transaction into the engine. */
function commitBare(order: BareOrder): Promise<number> {
  const child = fork(join(import.meta.dirname, "bare-engine.ts"), { serialization: "advanced" });
  return new Promise((resolve, reject) => {
    child.once("message", (perSecond) => resolve(Number(perSecond)));
    child.once("exit", (code) => reject(new Error(`the bare engine's process ended with ${code}`)));
    child.send(order);
  });
}

async function captureSettlement(service: LocalService): Promise<SettleTransaction> {
  const { services, call } = makeFunctions(service.engine, service.keysFile);
  const visitId = await openBillOfTen(call);
  return captureTransaction(services, visitId, () => call("settle-visit", { params: { visitId } }));
}

interface Round {
  readonly alone: Load;
  readonly together: Load;
  readonly bare: number;
}

/** Another engine like the service's, on a data file, that any process reaches by its address. */
async function startBareEngine() {
  const folder = mkdtempSync(join(tmpdir(), "bench-bare-"));
  const engine = await startEngine({ dataFile: join(folder, "engine.db") });
  await createTables(engine.endpoint);
  return {
    endpoint: engine.endpoint,
    stop: async () => {
      await engine.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function measureRounds(
  service: LocalService,
  bareEndpoint: string,
  call: Caller,
  { quick }: BenchOptions,
): Promise<Round[]> {
  const { alone, together, rounds } = quick
    ? { alone: 100, together: 400, rounds: 2 }
    : { alone: 200, together: 800, rounds: 5 };
  const transaction = await captureSettlement(service);
  await settleAll(call, await prepare(call, together), CLIENTS);
  const measured: Round[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const visitIds = await prepare(call, alone + together);
    const bare = await commitBare({
      endpoint: bareEndpoint,
      transaction,
      first: round * together,
      count: together,
      clients: CLIENTS,
    });
    measured.push({
      alone: await settleAll(call, visitIds.slice(0, alone), 1),
      together: await settleAll(call, visitIds.slice(alone), CLIENTS),
      bare,
    });
  }
  return measured;
}

/** Settling bills of ten lines over HTTP, beside what an engine like it commits for a process that does nothing else. */
export async function measureLocalSettle(options: BenchOptions): Promise<Findings> {
  const service = await startLocalService();
  const bareEngine = await startBareEngine();
  const { call, close } = await makeHttpCaller(service.url, CLIENTS);
  try {
    await stateWorld(call);
    const rounds = await measureRounds(service, bareEngine.endpoint, call, options);
    const alone = rounds.flatMap((round) => round.alone.latenciesMs);
    const together = rounds.flatMap((round) => round.together.latenciesMs);
    const share = median(rounds.map((round) => (100 * round.together.perSecond) / round.bare));
    return {
      title: "Settling a 10-line bill on one machine, over HTTP",
      figures: [
        { what: "local settle, 1 client, p50", measured: median(alone), unit: "ms", budget: atMost(8) },
        { what: "local settle, 1 client, p95", measured: percentile(alone, 0.95), unit: "ms" },
        {
          what: "local settle, 16 clients",
          measured: median(rounds.map((round) => round.together.perSecond)),
          unit: "a second",
          budget: atLeast(209),
        },
        { what: "local settle, 16 clients, p50", measured: median(together), unit: "ms" },
        { what: "local settle, 16 clients, p95", measured: percentile(together, 0.95), unit: "ms" },
        {
          what: "bare engine, same transaction, 16 clients",
          measured: median(rounds.map(({ bare }) => bare)),
          unit: "a second",
        },
        { what: "local settle by bare engine", measured: share, unit: "%", budget: atLeast(60) },
      ],
      comparisons: [
        {
          title: "Round by round",
          columns: ["round", "settlements/s, 16 clients", "bare transactions/s, 16 clients", "share"],
          rows: rounds.map(({ together: { perSecond }, bare }, index) => [
            String(index + 1),
            formatNumber(perSecond),
            formatNumber(bare),
            `${formatNumber((100 * perSecond) / bare)} %`,
          ]),
        },
      ],
    };
  } finally {
    close();
    await bareEngine.stop();
    await service.stop();
  }
}
