import { caseBody } from "../support/demo-case.ts";
import type { FuzzedService } from "./fuzzed-service.ts";
import type { KnownValues } from "./known-values.ts";
import { stateWorker } from "./treated-worker.ts";

/**
 * Treats a new worker: a stay that was discharged, one attendance that was settled, one that waits to be, and one
 * before any decision. From here on the requests that are drawn meet every state of a visit.
 */
export async function openVisits(service: FuzzedService, { learn }: KnownValues): Promise<void> {
  const { must } = service;
  const { caseNo, idNumber, open } = await stateWorker(service);
  const undecided = `${caseNo}-U`;
  await must("put-case", { params: { caseNo: undecided }, body: caseBody({ idNumber, status: "ACCEPTED" }) });
  const stay = await open({ visitType: "INPATIENT" });
  const discharge = { dischargedAt: "2026-03-04T08:00:00+08:00" };
  await must("discharge-worker", { params: stay, body: discharge });
  const settled = await must("settle-visit", { params: await open(), body: {} });
  const waiting = await open();
  const provisional = await open({ caseNo: undecided });
  for (const answer of [provisional, stay, waiting, settled.body]) learn(answer);
}
