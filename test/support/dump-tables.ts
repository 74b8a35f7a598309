import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, paginateScan } from "@aws-sdk/lib-dynamodb";
import type { TestService } from "./service.ts";

/** Every item of both tables, in the order of their keys. */
export async function dumpTables({
  endpoint,
  registryTable,
  ledgerTable,
}: TestService): Promise<Record<string, unknown>[]> {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint }));
  const items: Record<string, unknown>[] = [];
  for (const TableName of [registryTable, ledgerTable]) {
    for await (const page of paginateScan({ client }, { TableName })) items.push(...(page.Items ?? []));
  }
  const keyOf = (item: Record<string, unknown>): string => `${String(item.pk)} ${String(item.sk)}`;
  return items.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

const TRAIL = /^(AUDIT|SEALS|LOOKUPS)#/;

/** What a refused request may not change: all but what is kept of the attempt itself. */
export const dumpState = async (
  service: Parameters<typeof dumpTables>[0],
): Promise<Record<string, unknown>[]> =>
  (await dumpTables(service)).filter(({ pk }) => !TRAIL.test(String(pk)));
