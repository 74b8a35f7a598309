import * as z from "zod/mini";
import { type Day, dayOf } from "../../domain/dates.ts";
import type { Visit, VisitStatus } from "../../domain/visits/visit.ts";
import type { Database } from "../kit/database.ts";
import { claimPartition, indexKeys, ledgerKeys } from "../kit/keys.ts";
import { getItem, type Item, queryAll, queryPage } from "../kit/read.ts";
import { claimsByEmployer, claimsByEmployerAndStatus } from "../kit/table-schema.ts";
import { putNew, putOver, type Write } from "../kit/transaction.ts";
import { StoredVisit } from "./stored-visit.ts";

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

/** Visit ids start with `V`, which sorts before `~`. */
const END_OF_DAY = "#~";

const orderOf = (visit: Visit): string => indexKeys.claimOrder(dayOf(visit.admittedAt), visit);

function startKeyOf(query: ClaimQuery, order: string): Item {
  const [, visitId = "", hospitalCode = ""] = order.split("#");
  return {
    ...ledgerKeys.visit({ hospitalCode, visitId }),
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
  db.signal?.throwIfAborted();
  const index = query.status === undefined ? claimsByEmployer : claimsByEmployerAndStatus;
  const partition =
    query.status === undefined
      ? indexKeys.employer(query.employerUscc)
      : indexKeys.employerAndStatus(query.employerUscc, query.status);
  const { items, hasMore } = await queryPage(
    db,
    {
      TableName: db.ledger,
      IndexName: index.name,
      ScanIndexForward: false,
      KeyConditionExpression: `${index.partitionKey} = :partition AND ${index.sortKey} BETWEEN :from AND :to`,
      ExpressionAttributeValues: {
        ":partition": partition,
        ":from": query.from,
        ":to": `${query.to}${END_OF_DAY}`,
      },
      ...(after === undefined ? {} : { ExclusiveStartKey: startKeyOf(query, after) }),
    },
    limit,
  );
  const claims = items.map((item) => StoredVisit.parse(item));
  const shown = claims.at(-1);
  return hasMore && shown !== undefined ? { claims, next: orderOf(shown) } : { claims };
}

const StoredClaim = z.object({ hospitalCode: z.string(), claimOrder: z.string() });

const toClaim = (visit: Visit) => ({
  ...ledgerKeys.claim(visit.visitId, visit.employerUscc),
  hospitalCode: visit.hospitalCode,
  claimOrder: orderOf(visit),
});

/** That a visit is a claim of its employer. Of an employer that it was taken for before, it is one no longer. */
export const recordClaim = (db: Database, visit: Visit): Write =>
  putNew(db.ledger, toClaim(visit), "CHANGED");

/** The same of an employer that it may have been taken for before. */
export const recordClaimOver = (db: Database, visit: Visit): Write => putOver(db.ledger, toClaim(visit));

/** One claim of an employer; undefined where the employer has no such claim. Eventually consistent. */
export async function findClaim(
  db: Database,
  employerUscc: string,
  visitId: string,
): Promise<Visit | undefined> {
  const item = await getItem(db, db.ledger, ledgerKeys.claim(visitId, employerUscc));
  if (item === undefined) return undefined;
  const [found] = await queryAll(db, {
    TableName: db.ledger,
    IndexName: claimsByEmployer.name,
    KeyConditionExpression: `${claimsByEmployer.partitionKey} = :employer AND ${claimsByEmployer.sortKey} = :order`,
    ExpressionAttributeValues: {
      ":employer": indexKeys.employer(employerUscc),
      ":order": StoredClaim.parse(item).claimOrder,
    },
  });
  return found === undefined ? undefined : StoredVisit.parse(found);
}

/** Whose visit it is, for those who may know every hospital's; undefined where there is no such visit. */
export async function findHospitalOfVisit(db: Database, visitId: string): Promise<string | undefined> {
  const [claim] = await queryAll(
    db,
    {
      TableName: db.ledger,
      ConsistentRead: true,
      Limit: 1,
      KeyConditionExpression: "pk = :pk",
      ExpressionAttributeValues: { ":pk": claimPartition(visitId) },
    },
    1,
  );
  return claim === undefined ? undefined : StoredClaim.parse(claim).hospitalCode;
}
