import type { BatchGetCommandInput, QueryCommandInput } from "@aws-sdk/lib-dynamodb";
import * as z from "zod/mini";
import { tableDefinitions } from "../../shared/store/kit/table-schema.ts";

type RequestItems = NonNullable<BatchGetCommandInput["RequestItems"]>;

/** The keys that are read now, at least one of each table, and those that come back unread. */
export function splitBatch(input: BatchGetCommandInput): { now: RequestItems; later: RequestItems } {
  const [now, later]: [RequestItems, RequestItems] = [{}, {}];
  for (const [table, request] of Object.entries(input.RequestItems ?? {})) {
    const keys = request.Keys ?? [];
    const half = Math.ceil(keys.length / 2);
    now[table] = { ...request, Keys: keys.slice(0, half) };
    if (half < keys.length) later[table] = { ...request, Keys: keys.slice(half) };
  }
  return { now, later };
}

const Page = z.looseObject({ Items: z.array(z.record(z.string(), z.unknown())) });

const tableKeys = ["pk", "sk"];
const indexes = tableDefinitions.flatMap((definition) => definition.indexes);

/** The first half of a page, at least one item, with the key of its last; a page without its keys stays whole. */
export function cutPage(input: QueryCommandInput, answer: object): object {
  const page = Page.parse(answer);
  const items = page.Items.slice(0, Math.max(1, Math.floor(page.Items.length / 2)));
  const last = items.at(-1);
  const index = indexes.find(({ name }) => name === input.IndexName);
  const names = index === undefined ? tableKeys : [...tableKeys, index.partitionKey, index.sortKey];
  if (last === undefined || !names.every((name) => Object.hasOwn(last, name))) return answer;
  return {
    ...page,
    Items: items,
    Count: items.length,
    LastEvaluatedKey: Object.fromEntries(names.map((name) => [name, last[name]])),
  };
}
