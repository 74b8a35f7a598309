import type { Table } from "aws-cdk-lib/aws-dynamodb";
import type { TableAccess, TableName } from "../table-access.ts";

/** The names under which functions look for their tables (shared/config.ts). */
const tableVariables = { Registry: "REGISTRY_TABLE", Ledger: "LEDGER_TABLE" } as const satisfies Record<
  TableName,
  string
>;

export const tableNames = ["Registry", "Ledger"] as const satisfies readonly TableName[];

/** The variables that name the tables which a function uses, and no others. */
export function tableEnvironment(
  tables: Readonly<Record<TableName, Table>>,
  used: Readonly<Partial<Record<TableName, readonly TableAccess[]>>>,
): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const name of tableNames) {
    if (used[name] !== undefined) environment[tableVariables[name]] = tables[name].tableName;
  }
  return environment;
}
