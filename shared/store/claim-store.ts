import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod/mini";
import type { Day } from "../domain/dates.ts";
import type { Visit, VisitStatus } from "../domain/visit/visit.ts";
import type { Database } from "./database.ts";
import { indexKeys, ledgerKeys } from "./keys.ts";
import { getItem, type Item } from "./read.ts";
import { StoredVisit } from "./stored-visit.ts";
import { claimsByEmployer, claimsByEmployerAndStatus } from "./table-schema.ts";

/** Which claims of an employer: admitted within a period, perhaps of one status. */
export interface ClaimQuery {
  readonly employerUscc: string;
  readonly status?: VisitStatus | undefined;
  readonly from: Day;
  readonly to: Day;
}

export interface ClaimPage {
  readonly claims: readonly Visit[];
  /** Where the next page starts; absent on the last one. */
  readonly next?: string;
}

const LastKey = z.object({ claimOrder: z.string() });

/** Visit ids start with `V`, which sorts before `~`. */
const END_OF_DAY = "#~";

function startKeyOf(query: ClaimQuery, order: string): Item {
  const visitId = order.slice(order.indexOf("#") + 1);
  return {
    ...ledgerKeys.visit(visitId),
    claimOrder: order,
    ...(query.status === undefined
      ? { employerKey: indexKeys.employer(query.employerUscc) }
      : { employerStatusKey: indexKeys.employerAndStatus(query.employerUscc, query.status) }),
  };
}

/** One page of an employer's claims, the latest admission first. `after` is the `next` of the page before. */
export async function readClaims(
  db: Database,
  query: ClaimQuery,
  limit: number,
  after?: string,
): Promise<ClaimPage> {
  const index = query.status === undefined ? claimsByEmployer : claimsByEmployerAndStatus;
  const partition =
    query.status === undefined
      ? indexKeys.employer(query.employerUscc)
      : indexKeys.employerAndStatus(query.employerUscc, query.status);
  const { Items: items = [], LastEvaluatedKey: last } = await db.client.send(
    new QueryCommand({
      TableName: db.ledger,
      IndexName: index.name,
      ScanIndexForward: false,
      Limit: limit,
      KeyConditionExpression: `${index.partitionKey} = :partition AND ${index.sortKey} BETWEEN :from AND :to`,
      ExpressionAttributeValues: {
        ":partition": partition,
        ":from": query.from,
        ":to": `${query.to}${END_OF_DAY}`,
      },
      ...(after === undefined ? {} : { ExclusiveStartKey: startKeyOf(query, after) }),
    }),
  );
  return {
    claims: items.map((item) => StoredVisit.parse(item)),
    ...(last === undefined ? {} : { next: LastKey.parse(last).claimOrder }),
  };
}

/** One claim of an employer; undefined where it is not the employer's. */
export async function findClaim(
  db: Database,
  employerUscc: string,
  visitId: string,
): Promise<Visit | undefined> {
  const item = await getItem(db, db.ledger, ledgerKeys.visit(visitId));
  if (item === undefined) return undefined;
  const visit = StoredVisit.parse(item);
  return visit.employerUscc === employerUscc ? visit : undefined;
}
