import {
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  type KeySchemaElement,
  ResourceInUseException,
  ResourceNotFoundException,
  type TableDescription,
} from "@aws-sdk/client-dynamodb";
import { makeEndpointAgent } from "../../shared/store/kit/endpoint-agents.ts";
import { type TableDefinition, tableDefinitions } from "../../shared/store/kit/table-schema.ts";

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

const NAMES: TableNames = { Registry: "Registry", Ledger: "Ledger" };

async function withClient<Value>(
  endpoint: string,
  use: (client: DynamoDBClient) => Promise<Value>,
): Promise<Value> {
  const httpAgent = makeEndpointAgent(endpoint);
  const client = new DynamoDBClient({
    endpoint,
    ...(httpAgent === undefined ? {} : { requestHandler: { httpAgent } }),
    region: "local",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });
  try {
    return await use(client);
  } finally {
    client.destroy();
  }
}

async function findTable(client: DynamoDBClient, name: string): Promise<TableDescription | undefined> {
  try {
    return (await client.send(new DescribeTableCommand({ TableName: name }))).Table;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

const keysOf = (schema: readonly KeySchemaElement[] = []): string =>
  ["HASH", "RANGE"]
    .map((type) => schema.find(({ KeyType }) => KeyType === type)?.AttributeName ?? "none")
    .join(" ");

/** What a table that is there lacks of its definition, or has otherwise. Indexes that it has besides do no harm. */
function misfitsOf(definition: TableDefinition, table: TableDescription): string[] {
  const known = new Map(
    table.GlobalSecondaryIndexes?.map(({ IndexName, KeySchema, Projection }) => [
      IndexName,
      `${keysOf(KeySchema)} ${Projection?.ProjectionType}`,
    ]),
  );
  const { name, partitionKey, sortKey, indexes } = definition;
  return [
    ...(keysOf(table.KeySchema) === `${partitionKey} ${sortKey}` ? [] : [name]),
    ...indexes
      .filter((each) => {
        const wanted = `${each.partitionKey} ${each.sortKey} ${each.projection ?? "ALL"}`;
        return known.get(each.name) !== wanted;
      })
      .map((each) => `${name}/${each.name}`),
  ];
}

/**
 * Tables that are there and do not fit their definitions, or indexes that they lack (`Ledger/visits-by-hospital`): another
 * version made them. Only reads; a table that is not there yet fits.
 */
export const findMisfits = (endpoint: string, names: TableNames = NAMES): Promise<readonly string[]> =>
  withClient(endpoint, async (client) => {
    const found = await Promise.all(
      tableDefinitions.map(async (definition) => {
        const table = await findTable(client, names[definition.name]);
        return table === undefined ? [] : misfitsOf(definition, table);
      }),
    );
    return found.flat();
  });

/** Creates the tables from the definitions that the CDK app uses; a table that exists is left alone. */
export const createTables = (endpoint: string, names: TableNames = NAMES): Promise<void> =>
  withClient(endpoint, async (client) => {
    await Promise.all(
      tableDefinitions.map(async (definition) => {
        try {
          await client.send(toCreateTable(definition, names[definition.name]));
        } catch (error) {
          if (!(error instanceof ResourceInUseException)) throw error;
        }
      }),
    );
  });
