import type { Database } from "../../shared/store/kit/database.ts";
import type { AppliedMessage } from "../../shared/store/messages/message-store.ts";
import { findWorkerRecord } from "../../shared/store/registry/worker-store.ts";

/** Whether what a message stated of its worker, or what was stated later, is in the Registry. */
export const isWorkerThere =
  (db: Database) =>
  async ({ subject, at }: AppliedMessage): Promise<boolean> => {
    const worker = await findWorkerRecord(db, subject);
    return worker !== undefined && (worker.statedAt === undefined || worker.statedAt >= at);
  };
