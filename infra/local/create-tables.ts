import { CreateTableCommand, DynamoDBClient, ResourceInUseException } from "@aws-sdk/client-dynamodb";
import { makeEndpointAgent } from "../../shared/store/endpoint-agents.ts";
import { type TableDefinition, tableDefinitions } from "../../shared/store/table-schema.ts";

const key = (name: string, type: "HASH" | "RANGE") => ({ AttributeName: name, KeyType: type });

function toCreateTable(definition: TableDefinition, name: string): CreateTableCommand {
  const keyNames = [definition, ...definition.indexes].flatMap(({ partitionKey, sortKey }) => [
    partitionKey,
    sortKey,
  ]);
  const indexes = definition.indexes.map((index) => ({
    IndexName: index.name,
    KeySchema: [key(index.partitionKey, "HASH"), key(index.sortKey, "RANGE")],
    Projection: { ProjectionType: index.projection ?? ("ALL" as const) },
  }));
  return new CreateTableCommand({
    TableName: name,
    BillingMode: "PAY_PER_REQUEST",
    AttributeDefinitions: [...new Set(keyNames)].map((each) => ({
      AttributeName: each,
      AttributeType: "S" as const,
    })),
    KeySchema: [key(definition.partitionKey, "HASH"), key(definition.sortKey, "RANGE")],
    ...(indexes.length === 0 ? {} : { GlobalSecondaryIndexes: indexes }),
  });
}

export type TableNames = Readonly<Record<TableDefinition["name"], string>>;

/** Creates the tables from the definitions that the CDK app uses; a table that exists is left alone. */
export async function createTables(
  endpoint: string,
  names: TableNames = { Registry: "Registry", Ledger: "Ledger" },
): Promise<void> {
  const httpAgent = makeEndpointAgent(endpoint);
  const client = new DynamoDBClient({
    endpoint,
    ...(httpAgent === undefined ? {} : { requestHandler: { httpAgent } }),
    region: "local",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });
  try {
    await Promise.all(
      tableDefinitions.map(async (definition) => {
        try {
          await client.send(toCreateTable(definition, names[definition.name]));
        } catch (error) {
          if (!(error instanceof ResourceInUseException)) throw error;
        }
      }),
    );
  } finally {
    client.destroy();
  }
}
