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
    const items = (page.Items ?? []).filter(({ pk }) => isLost(String(pk))).values();
    const loseNext = async (): Promise<void> => {
      for (const { pk, sk } of items) {
        await client.send(new DeleteCommand({ TableName, Key: { pk, sk } }));
        lost += 1;
      }
    };
    await Promise.all(Array.from({ length: 16 }, loseNext));
  }
  return lost;
}
