import { Duration, type Stack } from "aws-cdk-lib";
import { type IAlarmAction, MathExpression, Metric, Stats } from "aws-cdk-lib/aws-cloudwatch";
import type { Table } from "aws-cdk-lib/aws-dynamodb";
import { chunksOf } from "../../../shared/chunks.ts";
import type { IndexDefinition, TableDefinition } from "../../../shared/store/kit/table-schema.ts";
import { ServiceAlarm } from "../constructs/service-alarm.ts";

const period = Duration.minutes(5);

/** An alarm takes ten metrics at most, and each index has two. */
const INDEXES_OF_AN_ALARM = 5;

/** The DynamoDB actions of the stores. */
const databaseOperations = [
  "GetItem",
  "BatchGetItem",
  "Query",
  "PutItem",
  "UpdateItem",
  "TransactGetItems",
  "TransactWriteItems",
] as const;

/** A table that slows down, fails or is fought over. */
export function alarmOnTable(
  stack: Stack,
  definition: TableDefinition,
  table: Table,
  actions: readonly IAlarmAction[],
): void {
  new ServiceAlarm(stack, `${definition.name}-throttles`, {
    entry: "database-throttles",
    impact: `DynamoDB slows down the ${definition.name} table: answers come late, and some requests fail after their retries.`,
    metric: sumOf(throttleMetrics(table)),
    threshold: 10,
    actions,
  });
  for (const [place, indexes] of chunksOf(definition.indexes, INDEXES_OF_AN_ALARM).entries()) {
    const suffix = place === 0 ? "" : `-${place + 1}`;
    new ServiceAlarm(stack, `${definition.name}-index-throttles${suffix}`, {
      entry: "database-throttles",
      impact: `DynamoDB slows down the indexes of the ${definition.name} table: lists lag behind, and writes to the table wait for them.`,
      metric: sumOf(indexThrottleMetrics(indexes, table)),
      threshold: 10,
      actions,
    });
  }
  new ServiceAlarm(stack, `${definition.name}-errors`, {
    entry: "database-errors",
    impact: `DynamoDB answers the ${definition.name} table's requests with its own errors: users see errors and try again.`,
    metric: sumOf(systemErrorMetrics(table)),
    threshold: 5,
    actions,
  });
  if (!definition.keepsMoney) return;
  new ServiceAlarm(stack, `${definition.name}-conflicts`, {
    entry: "transaction-conflicts",
    impact: `Many transactions on the ${definition.name} table meet one another: settling takes longer, and some callers are told to try again.`,
    metric: tableMetric(table, "TransactionConflict"),
    threshold: 100,
    periods: 3,
    actions,
  });
}

const throttleMetrics = (table: Table): Record<string, Metric> => ({
  reads: tableMetric(table, "ReadThrottleEvents"),
  writes: tableMetric(table, "WriteThrottleEvents"),
});

/** Of each of these indexes: one that cannot follow slows the writes to its table. */
function indexThrottleMetrics(indexes: readonly IndexDefinition[], table: Table): Record<string, Metric> {
  const metrics: Record<string, Metric> = {};
  indexes.forEach((index, position) => {
    const dimension = { GlobalSecondaryIndexName: index.name };
    metrics[`reads${position}`] = tableMetric(table, "ReadThrottleEvents", dimension);
    metrics[`writes${position}`] = tableMetric(table, "WriteThrottleEvents", dimension);
  });
  return metrics;
}

/** DynamoDB counts its own faults by operation only. */
function systemErrorMetrics(table: Table): Record<string, Metric> {
  const metrics: Record<string, Metric> = {};
  for (const operation of databaseOperations) {
    metrics[operation.toLowerCase()] = tableMetric(table, "SystemErrors", { Operation: operation });
  }
  return metrics;
}

/** `SUM` passes over what is missing, while `a + b` is missing as soon as one of the two is. */
const sumOf = (usingMetrics: Record<string, Metric>): MathExpression =>
  new MathExpression({ expression: "SUM(METRICS())", usingMetrics, label: "sum", period });

function tableMetric(table: Table, metricName: string, dimensions: Record<string, string> = {}): Metric {
  return new Metric({
    namespace: "AWS/DynamoDB",
    metricName,
    dimensionsMap: { TableName: table.tableName, ...dimensions },
    statistic: Stats.SUM,
    period,
  });
}
