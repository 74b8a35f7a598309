import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DeleteCommand, DynamoDBDocumentClient, paginateScan } from "@aws-sdk/lib-dynamodb";
import type { TestService } from "./service.ts";

/** Takes everything out of the Registry, or what a test says, as if the table had been lost. */
export async function loseRegistry(
  { endpoint, registryTable: TableName }: Pick<TestService, "endpoint" | "registryTable">,
  isLost: (pk: string) => boolean = () => true,
): Promise<number> {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint }));
  let lost = 0;
  for await (const page of paginateScan({ client }, { TableName })) {
    for (const { pk, sk } of page.Items ?? []) {
      if (!isLost(String(pk))) continue;
      await client.send(new DeleteCommand({ TableName, Key: { pk, sk } }));
      lost += 1;
    }
  }
  return lost;
}
