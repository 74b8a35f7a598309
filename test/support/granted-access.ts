import {
  mergeAccesses,
  type TableAccess,
  type TableAccesses,
  type TableName,
} from "../../infra/aws/table-access.ts";
import type { Database } from "../../shared/store/kit/database.ts";

type Fields = Readonly<Record<string, unknown>>;

/** What a call of DynamoDB asks for, as its grants judge it: all keys of a batch or transaction together. */
interface Asked {
  readonly action: string;
  readonly table: unknown;
  readonly index?: string;
  readonly partitionKeys: readonly string[];
}

/** Plain, or as it goes over the wire. */
const partitionKeyOf = (key: unknown): string => {
  const pk: unknown = Object(key).pk;
  return typeof pk === "string" ? pk : String(Object(pk).S);
};

const singleActions = ["Get", "Put", "Update", "Delete"] as const;
const partsOfTransaction = { Put: "PutItem", Update: "UpdateItem", Delete: "DeleteItem" } as const;

function askedOfPart(part: Fields): Asked {
  const check = Object(part.ConditionCheck);
  if (part.ConditionCheck !== undefined)
    return {
      action: "ConditionCheckItem",
      table: check.TableName,
      partitionKeys: [partitionKeyOf(check.Key)],
    };
  for (const [name, action] of Object.entries(partsOfTransaction)) {
    const { TableName: table, Item: item, Key: key } = Object(part[name]);
    if (part[name] !== undefined) return { action, table, partitionKeys: [partitionKeyOf(item ?? key)] };
  }
  throw new Error(`a transaction has a part that is not known: ${Object.keys(part).join()}`);
}

/** Of each action on each table once, with all of its keys: no two statements allow it half each. */
function askedOfTransaction(parts: readonly Asked[]): Asked[] {
  const asked = new Map<string, Asked>();
  for (const part of parts) {
    const name = `${part.action} ${String(part.table)}`;
    const partitionKeys = [...(asked.get(name)?.partitionKeys ?? []), ...part.partitionKeys];
    asked.set(name, { ...part, partitionKeys });
  }
  return [...asked.values()];
}

function askedOfQuery({ TableName: table, IndexName: index, ...input }: Fields): Asked {
  if (typeof index === "string") return { action: "Query", table, index, partitionKeys: [] };
  const name = /\bpk = (:\w+)/.exec(String(input.KeyConditionExpression))?.[1] ?? "";
  const pk: unknown = Object(input.ExpressionAttributeValues)[name];
  return { action: "Query", table, partitionKeys: [partitionKeyOf({ pk })] };
}

function askedBy(command: string, input: Fields): Asked[] {
  if (command.startsWith("TransactWrite"))
    return askedOfTransaction([input.TransactItems].flat().map((each) => askedOfPart(Object(each))));
  if (command.startsWith("BatchGet"))
    return Object.entries(Object(input.RequestItems)).map(([table, wanted]) => {
      const keys: unknown[] = Object(wanted).Keys;
      return { action: "BatchGetItem", table, partitionKeys: keys.map(partitionKeyOf) };
    });
  if (command.startsWith("Query")) return [askedOfQuery(input)];
  if (command.startsWith("Scan")) return [{ action: "Scan", table: input.TableName, partitionKeys: [] }];
  const single = singleActions.find((each) => command.startsWith(each));
  if (single === undefined) throw new Error(`${command} is no command of the stores`);
  const key = partitionKeyOf(input.Item ?? input.Key);
  return [{ action: `${single}Item`, table: input.TableName, partitionKeys: [key] }];
}

const matches = (pattern: string, key: string): boolean =>
  pattern.endsWith("*") ? key.startsWith(pattern.slice(0, -1)) : key === pattern;

const allows = (access: TableAccess, { action, index, partitionKeys }: Asked): boolean =>
  access.actions.includes(action) &&
  (access.indexes === undefined ? index === undefined : access.indexes.some(({ name }) => name === index)) &&
  (access.partitionKeys === undefined ||
    partitionKeys.every((key) => access.partitionKeys?.some((pattern) => matches(pattern, key))));

export type TableNames = Pick<Database, "registry" | "ledger">;

/** Throws, as IAM would answer, where the accesses that a function has on AWS do not allow a command. */
export function checkGranted(tables: TableAccesses, names: TableNames, command: string, input: object): void {
  for (const asked of askedBy(command, { ...input })) {
    const table: TableName = asked.table === names.registry ? "Registry" : "Ledger";
    const statements = mergeAccesses(tables[table] ?? []);
    if (statements.some((access) => allows(access, asked))) continue;
    const what = `${asked.action} on ${table} ${asked.index ?? ""} ${asked.partitionKeys.join()}`;
    throw Object.assign(new Error(`not granted: ${what}`), { name: "AccessDeniedException" });
  }
}

/** From here on this client is let do no more than the accesses allow. */
export function enforceGrants({ client, ...names }: Database, tables: TableAccesses): void {
  client.middlewareStack.add(
    (next, context) => (args) => {
      try {
        checkGranted(tables, names, context.commandName ?? "", args.input);
      } catch (error) {
        // What is logged of a failed request does not tell what an error says.
        process.stderr.write(`${String(error)}\n`);
        throw error;
      }
      return next(args);
    },
    { step: "initialize", name: "grants", priority: "low" },
  );
}
