import {
  BatchGetCommand,
  DeleteCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
  TransactGetCommand,
  TransactWriteCommand,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";
import { type TableDefinition, tableDefinitions } from "../../shared/store/kit/table-schema.ts";
import { notBuilt } from "./errors.ts";
import { batchGet, getItem, transactGet } from "./gets.ts";
import {
  copyTable,
  followWrite,
  type IndexWrite,
  type MemoryTable,
  makeTable,
  writeEntry,
} from "./memory-table.ts";
import { query, scan } from "./pages.ts";
import type { Send, StoreCommand } from "./send.ts";
import { compareTexts, copyItem, type Item } from "./values.ts";
import { deleteItem, putItem, type TableWriter, transactWrite, updateItem } from "./writes.ts";

/** DynamoDB's tables in memory, as far as the store uses them; every call takes effect at once and whole. */
export interface MemoryTables {
  readonly send: Send;
  /** Lets the indexes follow the next writes, all of them without a number; says how many there were. */
  readonly advanceIndexes: (count?: number) => number;
  /** How many index writes are still to come. */
  readonly pendingIndexWrites: () => number;
  /** Every item of a table in the order of partition and sort key, copied. */
  readonly dump: (table: string) => Item[];
  /** The dumps of all tables, by name. */
  readonly snapshot: () => Record<string, Item[]>;
  /** Tables of their own with what these hold now; cheap, because items are shared until they are replaced. */
  readonly fork: () => MemoryTables;
  readonly clear: () => void;
}

export interface MemoryTablesOptions {
  readonly names?: Readonly<Record<TableDefinition["name"], string>>;
  /** Index writes wait for `advanceIndexes`; otherwise the indexes follow at once. */
  readonly lateIndexes?: boolean;
}

function execute(writer: TableWriter, command: StoreCommand): object {
  const { findTable } = writer;
  if (command instanceof TransactWriteCommand) return transactWrite(writer, command.input);
  if (command instanceof GetCommand) return getItem(findTable, command.input);
  if (command instanceof BatchGetCommand) return batchGet(findTable, command.input);
  if (command instanceof QueryCommand) return query(findTable(command.input.TableName), command.input);
  if (command instanceof PutCommand) return putItem(writer, command.input);
  if (command instanceof UpdateCommand) return updateItem(writer, command.input);
  if (command instanceof DeleteCommand) return deleteItem(writer, command.input);
  if (command instanceof TransactGetCommand) return transactGet(findTable, command.input);
  if (command instanceof ScanCommand) return scan(findTable(command.input.TableName), command.input);
  throw notBuilt("this command");
}

function makeFrom(
  tables: Map<string, MemoryTable>,
  pending: IndexWrite[],
  lateIndexes: boolean,
): MemoryTables {
  const follow = (write: IndexWrite): void => {
    const index = tables.get(write.table)?.indexes.find(({ definition }) => definition.name === write.index);
    if (index !== undefined) followWrite(index, write);
  };
  const writer: TableWriter = {
    findTable: (name) => (name === undefined ? undefined : tables.get(name)),
    write: (table, position, after) => {
      for (const write of writeEntry(table, position, after)) {
        if (lateIndexes) pending.push(write);
        else follow(write);
      }
    },
  };
  const dump = (name: string): Item[] => {
    const partitions = tables.get(name)?.partitions ?? new Map();
    const entries = [...partitions].sort(([a], [b]) => compareTexts(a, b)).flatMap(([, each]) => each);
    return entries.map(({ item }) => copyItem(item));
  };
  return {
    send: async (command) => Object.assign(execute(writer, command), { $metadata: {} }),
    advanceIndexes: (count = pending.length) => {
      const due = pending.splice(0, count);
      for (const write of due) follow(write);
      return due.length;
    },
    pendingIndexWrites: () => pending.length,
    dump,
    snapshot: () => Object.fromEntries([...tables.keys()].map((name) => [name, dump(name)])),
    fork: () => {
      const copies = [...tables].map(([name, table]) => [name, copyTable(table)] as const);
      return makeFrom(new Map(copies), [...pending], lateIndexes);
    },
    clear: () => {
      pending.length = 0;
      for (const [name, { definition }] of tables) tables.set(name, makeTable(name, definition));
    },
  };
}

/** Empty tables by the definitions that the real ones are created from. */
export function makeMemoryTables(options: MemoryTablesOptions = {}): MemoryTables {
  const names = options.names ?? { Registry: "Registry", Ledger: "Ledger" };
  const tables = tableDefinitions.map((definition) => makeTable(names[definition.name], definition));
  return makeFrom(new Map(tables.map((table) => [table.name, table])), [], options.lateIndexes ?? false);
}
