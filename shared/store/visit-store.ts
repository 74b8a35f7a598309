import * as z from "zod/mini";
import type { UsedQuantity } from "../domain/adjudication/quantity-limits.ts";
import type { ChargeLine } from "../domain/charges/charge-line.ts";
import type { Visit, VisitDetails } from "../domain/visit/visit.ts";
import { isStay } from "../domain/visit/visit-type.ts";
import { fileVisit } from "./case-visits.ts";
import { type ChargePart, chargeParts, foldCharges } from "./charge-parts.ts";
import type { Database } from "./database.ts";
import { chargesPrefix, type Key, ledgerKeys, visitRange } from "./keys.ts";
import { getItem, getItems, type Item, queryAll } from "./read.ts";
import { StoredDetails, StoredVisit, toStoredVisit } from "./stored-visit.ts";
import { putNew, putNext, putOver, type Write } from "./transaction.ts";
import { fromStoredUsed } from "./used-quantities.ts";

/** A visit with everything that pricing it takes. */
export interface VisitRecord {
  readonly visit: Visit;
  readonly details: VisitDetails;
  readonly parts: readonly ChargePart[];
  readonly lines: readonly ChargeLine[];
  /** What the visit's standing settlements used up of quantity limits. */
  readonly usedBefore: readonly UsedQuantity[];
}

const KeyedItem = z.object({ sk: z.string() });

const READ_ATTEMPTS = 8;
const READ_PAUSE_MS = 20;

/** A hospital's visit with its lines, in one query; undefined where it is not the hospital's. */
export async function findVisitRecord(
  db: Database,
  hospitalCode: string,
  visitId: string,
): Promise<VisitRecord | undefined> {
  for (let attempt = 0; attempt < READ_ATTEMPTS; attempt += 1) {
    if (attempt > 0) await db.pause(READ_PAUSE_MS * 2 ** attempt);
    const record = await readVisitRecord(db, hospitalCode, visitId);
    if (record?.lines.length === record?.visit.lineCount) return record;
  }
  throw new Error(`the lines of visit ${visitId} are not those that its header counts`);
}

/**
 * A query is no snapshot: lines may be posted while it reads. The header comes first, so that whatever is written
 * after it fails the condition on its version; a header that is newer than the lines is told by their number.
 */
async function readVisitRecord(
  db: Database,
  hospitalCode: string,
  visitId: string,
): Promise<VisitRecord | undefined> {
  const items = await queryAll(db, {
    TableName: db.ledger,
    ConsistentRead: true,
    ScanIndexForward: false,
    KeyConditionExpression: "pk = :pk AND sk BETWEEN :first AND :last",
    ExpressionAttributeValues: {
      ":pk": ledgerKeys.visit(visitId).pk,
      ":first": visitRange.first,
      ":last": visitRange.last,
    },
  });
  const bySortKey = new Map<string, Item>(items.map((item) => [KeyedItem.parse(item).sk, item]));
  const header = bySortKey.get(ledgerKeys.visit(visitId).sk);
  const details = bySortKey.get(ledgerKeys.visitDetails(visitId).sk);
  if (header === undefined || details === undefined) return undefined;
  const visit = StoredVisit.parse(header);
  if (visit.hospitalCode !== hospitalCode) return undefined;
  const parts = chargeParts(
    [...bySortKey].filter(([sk]) => sk.startsWith(chargesPrefix)).map(([, item]) => item),
  );
  const usedBefore = visit.standing.flatMap(({ number }) =>
    fromStoredUsed(bySortKey.get(ledgerKeys.usedQuantities(visitId, number).sk)),
  );
  return { visit, details: StoredDetails.parse(details), parts, lines: foldCharges(parts), usedBefore };
}

/** A hospital's visit without its lines; undefined where it is not the hospital's. */
export async function findVisit(
  db: Database,
  hospitalCode: string,
  visitId: string,
): Promise<{ visit: Visit; details: VisitDetails } | undefined> {
  const items = await getItems(db, db.ledger, [ledgerKeys.visit(visitId), ledgerKeys.visitDetails(visitId)]);
  const header = items.find((item) => item.sk === ledgerKeys.visit(visitId).sk);
  const details = items.find((item) => item.sk === ledgerKeys.visitDetails(visitId).sk);
  if (header === undefined || details === undefined) return undefined;
  const visit = StoredVisit.parse(header);
  return visit.hospitalCode === hospitalCode ? { visit, details: StoredDetails.parse(details) } : undefined;
}

/** A new visit, its number taken, and its bed where it is a stay. */
export function registerVisit(db: Database, visit: Visit, details: VisitDetails): Write[] {
  const { visitId } = visit;
  return [
    putNew(db.ledger, toStoredVisit(visit), "CHANGED"),
    putNew(db.ledger, { ...ledgerKeys.visitDetails(visitId), ...details }, "CHANGED"),
    takeVisitNumber(db, visit),
    fileVisit(db, visit),
    ...(isStay(visit.visitType) ? [takeStay(db, visit)] : []),
  ];
}

/** One visit for each visit number of a hospital. */
export const takeVisitNumber = (db: Database, { visitId, hospitalCode, hospitalVisitNo }: Visit): Write =>
  putNew(
    db.ledger,
    { ...ledgerKeys.visitNumber(hospitalCode, hospitalVisitNo), visitId },
    { code: "VISIT_NUMBER_TAKEN" },
  );

/** The visit's number may be used for another registration. */
export const releaseVisitNumber = (db: Database, visit: Visit): Write =>
  release(db, ledgerKeys.visitNumber(visit.hospitalCode, visit.hospitalVisitNo), visit);

/** One open stay for each worker, wherever. */
export const takeStay = (db: Database, { visitId, workerId }: Visit): Write =>
  putNew(db.ledger, { ...ledgerKeys.openStay(workerId), visitId }, { code: "ADMITTED_ELSEWHERE" });

/** The next state of a visit; fails where anything changed it since it was read. */
export const saveVisit = (db: Database, next: Visit): Write => putNext(db.ledger, toStoredVisit(next));

/** Details change only together with the header, whose version guards both. */
export const saveDetails = (db: Database, visitId: string, details: VisitDetails): Write =>
  putOver(db.ledger, { ...ledgerKeys.visitDetails(visitId), ...details });

/** The worker has left the bed: another stay may begin. */
export const releaseStay = (db: Database, visit: Visit): Write =>
  release(db, ledgerKeys.openStay(visit.workerId), visit);

/** Gives up what a visit holds, if the visit still holds it. */
const release = (db: Database, key: Key, { visitId }: Visit): Write => ({
  item: {
    Delete: {
      TableName: db.ledger,
      Key: key,
      ConditionExpression: "visitId = :visitId",
      ExpressionAttributeValues: { ":visitId": visitId },
    },
  },
  onConditionFailed: "CHANGED",
});

/** Whether the worker occupies a bed anywhere. */
export async function hasOpenStay(db: Database, workerId: string): Promise<boolean> {
  return (await getItem(db, db.ledger, ledgerKeys.openStay(workerId))) !== undefined;
}
