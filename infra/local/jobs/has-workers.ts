import { ResourceNotFoundException } from "@aws-sdk/client-dynamodb";
import { readConfig } from "../../../shared/config.ts";
import { connectDatabase } from "../../../shared/store/kit/database.ts";
import { readWorkersUnderOtherKeys } from "../../../shared/store/registry/worker-store.ts";

/** Whether anybody is in the Registry of an engine; nobody is where it has no tables yet. */
export async function hasWorkers(endpoint: string): Promise<boolean> {
  const local = { AWS_REGION: "local", AWS_ACCESS_KEY_ID: "local", AWS_SECRET_ACCESS_KEY: "local" };
  Object.assign(process.env, { ...local, ...process.env });
  const db = connectDatabase(readConfig({ ...process.env, DYNAMODB_ENDPOINT: endpoint }));
  try {
    for await (const workerIds of readWorkersUnderOtherKeys(db, { sealedUnder: "", lookupUnder: "" }))
      if (workerIds.length > 0) return true;
    return false;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return false;
    throw error;
  } finally {
    db.client.destroy();
  }
}
