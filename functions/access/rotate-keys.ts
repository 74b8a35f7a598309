import { jobAuditContext } from "../../shared/domain/audit/audit-entry.ts";
import { mapConcurrent } from "../../shared/map-concurrent.ts";
import { planWorker, type WorkerServices } from "../../shared/personal-data/plan-worker.ts";
import { commitChange } from "../../shared/store/audit/audit-store.ts";
import { findWorkerRecord, readWorkersUnderOtherKeys } from "../../shared/store/registry/worker-store.ts";
import { retryOnConflict } from "../kit/retry-on-conflict.ts";
import type { Services } from "../kit/services.ts";

type JobServices = WorkerServices & Pick<Services, "logger" | "now">;

/** Opens a worker and seals it under the current keys, on record; one that was stated anew meanwhile is read again. */
async function rotateWorker(services: JobServices, workerId: string): Promise<void> {
  const { db, cipher } = services;
  const trail = jobAuditContext("rotate-keys", workerId);
  const done = await retryOnConflict<"DONE">(services, trail, async () => {
    const known = await findWorkerRecord(db, workerId);
    if (known === undefined) return "DONE";
    const data = await cipher.open(workerId, known.sealed);
    const statement = { ...data, frozen: known.frozen };
    const { writes } = await planWorker(services, workerId, statement, known, known.statedAt);
    const entry = { ...trail, subject: workerId, at: services.now() };
    const commit = await commitChange(db, entry, writes);
    return commit.kind === "COMMITTED" ? "DONE" : "AGAIN";
  });
  if (!done.ok) throw new Error(`worker ${workerId} could not be sealed anew`);
}

const CONCURRENCY = 8;

/**
 * Brings everybody under the keys as they are now: those whom it finds under others are sealed and filed anew, one
 * transaction each, while the service goes on. It can stop at any moment; whoever calls it again goes on. Returns
 * how many it brought over, and whether it came to the end before `isTimeUp` said so; `onRotated` hears of each.
 */
export async function rotateKeys(
  services: JobServices,
  isTimeUp: () => boolean,
  onRotated: (count: number) => void = () => undefined,
): Promise<{ readonly rotated: number; readonly isDone: boolean }> {
  const { db, cipher, personLookup } = services;
  const keys = { sealedUnder: cipher.keyName(), lookupUnder: personLookup.keyNames() };
  let rotated = 0;
  for await (const workerIds of readWorkersUnderOtherKeys(db, keys)) {
    await mapConcurrent(workerIds, CONCURRENCY, async (workerId) => {
      if (isTimeUp()) return;
      await rotateWorker(services, workerId);
      rotated += 1;
      onRotated(rotated);
    });
    if (isTimeUp()) break;
  }
  const isDone = !isTimeUp();
  services.logger.log("KEYS_ROTATED", { rotated, isDone, ...keys });
  return { rotated, isDone };
}
