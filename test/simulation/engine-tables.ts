import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { createTables } from "../../infra/local/create-tables.ts";
import { toSend } from "./send.ts";
import { stateWorld } from "./starting-tables.ts";
import type { StoreUnderTest } from "./store-under-test.ts";

let tables = 0;

/** New tables of the real engine with the world in them; its indexes keep up by themselves. */
export async function makeEngineStore(endpoint: string): Promise<StoreUnderTest> {
  tables += 1;
  const names = { registry: `Registry-simulation-${tables}`, ledger: `Ledger-simulation-${tables}` };
  await createTables(endpoint, { Registry: names.registry, Ledger: names.ledger });
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const client = new DynamoDBClient({ endpoint, region: "local", credentials });
  const send = toSend(
    DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } }),
  );
  await stateWorld(send, names);
  return { ...names, send, advanceIndexes: () => undefined };
}
