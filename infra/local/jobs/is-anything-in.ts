import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import { readConfig } from "../../../shared/config.ts";
import { connectDatabase } from "../../../shared/store/kit/database.ts";

/** Whether anything at all is in the tables of an engine. */
export async function isAnythingIn(endpoint: string): Promise<boolean> {
  const db = connectDatabase(readConfig({ ...process.env, DYNAMODB_ENDPOINT: endpoint }));
  try {
    const firsts = [db.registry, db.ledger].map((TableName) =>
      db.client.send(new ScanCommand({ TableName, Limit: 1, ConsistentRead: true })),
    );
    return (await Promise.all(firsts)).some(({ Items = [] }) => Items.length > 0);
  } finally {
    db.client.destroy();
  }
}
