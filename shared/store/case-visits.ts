import * as z from "zod/mini";
import type { Visit } from "../domain/visit/visit.ts";
import type { Database } from "./database.ts";
import { ledgerKeys } from "./keys.ts";
import { getItem, getItems, queryAll } from "./read.ts";
import { StoredVisit } from "./stored-visit.ts";
import { putNew, type Write } from "./transaction.ts";

/** Files a visit where its case, or whoever brings one, finds it. */
export const fileVisit = (db: Database, { visitId, caseNo, workerId }: Visit): Write =>
  putNew(
    db.ledger,
    {
      ...(caseNo === undefined
        ? ledgerKeys.unlinkedVisit(workerId, visitId)
        : ledgerKeys.visitOfCase(caseNo, visitId)),
      visitId,
    },
    "CHANGED",
  );

const StoredPlace = z.object({ visitId: z.string() });

async function readFiledVisits(db: Database, partition: string): Promise<Visit[]> {
  const places = await queryAll(db, {
    TableName: db.ledger,
    ConsistentRead: true,
    KeyConditionExpression: "pk = :pk",
    ExpressionAttributeValues: { ":pk": partition },
  });
  const keys = places.map((place) => ledgerKeys.visit(StoredPlace.parse(place).visitId));
  return (await getItems(db, db.ledger, keys)).map((item) => StoredVisit.parse(item));
}

/** Every visit of a case, whatever its hospital, as it stands. */
export const readVisitsOfCase = (db: Database, caseNo: string): Promise<Visit[]> =>
  readFiledVisits(db, ledgerKeys.visitOfCase(caseNo, "").pk);

/** Every visit of a worker that was taken in without a case and has none yet. */
export async function readUnlinkedVisits(db: Database, workerId: string): Promise<Visit[]> {
  const visits = await readFiledVisits(db, ledgerKeys.unlinkedVisit(workerId, "").pk);
  return visits.filter(({ caseNo, status }) => caseNo === undefined && status !== "CANCELLED");
}

/** Visits of any hospitals, each once and in no order; what is not there is left out. */
export async function findAnyVisits(db: Database, visitIds: readonly string[]): Promise<Visit[]> {
  const keys = [...new Set(visitIds)].map((visitId) => ledgerKeys.visit(visitId));
  return (await getItems(db, db.ledger, keys)).map((item) => StoredVisit.parse(item));
}

/** A visit of any hospital, for the agency. */
export async function findAnyVisit(db: Database, visitId: string): Promise<Visit | undefined> {
  const item = await getItem(db, db.ledger, ledgerKeys.visit(visitId));
  return item === undefined ? undefined : StoredVisit.parse(item);
}
