import * as z from "zod/mini";
import type { BilledVisit } from "../../domain/settlements/bill.ts";
import type { Visit, VisitAndDetails, VisitDetails } from "../../domain/visits/visit.ts";
import { retry } from "../../retry.ts";
import type { Database } from "../kit/database.ts";
import { chargesPrefix, type Key, ledgerKeys, visitPartition, visitRange } from "../kit/keys.ts";
import { getItem, getItems, type Item, queryAll, readAgain } from "../kit/read.ts";
import { type ConditionMeaning, putNew, putOver, type Write } from "../kit/transaction.ts";
import { fromUsedItems } from "../settlements/used-quantities.ts";
import { fileVisit } from "./case-visits.ts";
import {
  appendCharges,
  areAsOf,
  type ChargeChange,
  type ChargePart,
  chargeParts,
  foldCharges,
} from "./charge-parts.ts";
import { recordClaim } from "./claim-store.ts";
import { StoredDetails, StoredVisit, toStoredVisit } from "./stored-visit.ts";

/** A visit with everything that pricing it takes, and how its lines are kept. */
export interface VisitRecord extends BilledVisit {
  readonly parts: readonly ChargePart[];
}

const KeyedItem = z.object({ sk: z.string() });

interface Read<T> {
  readonly value: T;
  /** Whether what lies beside the header is of the header's moment. */
  readonly isWhole: boolean;
}

/**
 * Neither a query nor a batch is a snapshot: something may be written while it reads. What is newer than the header
 * fails the condition on the header's version when something is decided on it; what is older is told by the version
 * that it was written with, and read again.
 */
async function readWhole<T>(
  db: Database,
  visitId: string,
  read: () => Promise<Read<T> | undefined>,
): Promise<T | undefined> {
  const whole = await retry<{ readonly value: T } | undefined>(readAgain(db), async () => {
    const found = await read();
    return found === undefined || found.isWhole ? found : "AGAIN";
  });
  if (whole === "AGAIN") throw new Error(`visit ${visitId} could not be read as of one moment`);
  return whole?.value;
}

type Header = Item | undefined;

/** The header and the details of a visit; undefined where there is none. */
function toVisit(header: Header, beside: Header) {
  if (header === undefined || beside === undefined) return undefined;
  const visit = StoredVisit.parse(header);
  const { version, ...details } = StoredDetails.parse(beside);
  return { visit, details, hasItsDetails: version === visit.detailsVersion };
}

/** A hospital's visit with its lines, in one query; undefined where the hospital has no such visit. */
export const findVisitRecord = (
  db: Database,
  hospitalCode: string,
  visitId: string,
): Promise<VisitRecord | undefined> =>
  readWhole(db, visitId, async () => {
    const of = { hospitalCode, visitId };
    const items = await queryAll(db, {
      TableName: db.ledger,
      ConsistentRead: true,
      // The header first.
      ScanIndexForward: false,
      KeyConditionExpression: "pk = :pk AND sk BETWEEN :first AND :last",
      ExpressionAttributeValues: {
        ":pk": visitPartition(of),
        ":first": visitRange.first,
        ":last": visitRange.last,
      },
    });
    const bySortKey = new Map<string, Item>(items.map((item) => [KeyedItem.parse(item).sk, item]));
    const header = bySortKey.get(ledgerKeys.visit(of).sk);
    const found = toVisit(header, bySortKey.get(ledgerKeys.visitDetails(of).sk));
    if (found === undefined) return undefined;
    const { visit, details, hasItsDetails } = found;
    const parts = chargeParts(
      [...bySortKey].filter(([sk]) => sk.startsWith(chargesPrefix)).map(([, item]) => item),
    );
    const used = visit.standing
      .filter(({ kind }) => kind === "INTERIM")
      .map(({ number }) => fromUsedItems(of, number, ({ sk }) => bySortKey.get(sk)));
    const usedBefore = used.flatMap((each) => each ?? []);
    const hasUsed = used.every((each) => each !== undefined);
    return {
      value: { visit, details, parts, lines: foldCharges(parts), usedBefore },
      isWhole: hasItsDetails && areAsOf(parts, visit.linesVersion) && hasUsed,
    };
  });

/** A hospital's visit without its lines; undefined where the hospital has no such visit. */
export const findVisit = (
  db: Database,
  hospitalCode: string,
  visitId: string,
): Promise<VisitAndDetails | undefined> =>
  readWhole(db, visitId, async () => {
    const of = { hospitalCode, visitId };
    const keys = [ledgerKeys.visit(of), ledgerKeys.visitDetails(of)];
    const items = await getItems(db, db.ledger, keys);
    const [header, beside] = keys.map(({ sk }) => items.find((item) => item.sk === sk));
    const found = toVisit(header, beside);
    if (found === undefined) return undefined;
    return { value: { visit: found.visit, details: found.details }, isWhole: found.hasItsDetails };
  });

/** A new visit, and its number taken. */
export function registerVisit(db: Database, visit: Visit, details: VisitDetails): Write[] {
  return [
    putNew(db.ledger, toStoredVisit(visit), "CHANGED"),
    putNew(db.ledger, { ...ledgerKeys.visitDetails(visit), ...details, version: visit.version }, "CHANGED"),
    takeVisitNumber(db, visit),
    fileVisit(db, visit),
    recordClaim(db, visit),
  ];
}

/** One visit for each visit number of a hospital. */
const takeVisitNumber = (
  db: Database,
  { visitId, hospitalCode, hospitalVisitNo }: Visit,
  whereTaken: ConditionMeaning = { code: "VISIT_NUMBER_TAKEN" },
): Write =>
  putNew(db.ledger, { ...ledgerKeys.visitNumber(hospitalCode, hospitalVisitNo), visitId }, whereTaken);

/** The same of a number that was free when it was looked at: where it no longer is, whoever took it is to be found. */
export const takeVisitNumberAgain = (db: Database, visit: Visit): Write =>
  takeVisitNumber(db, visit, "CHANGED");

const StoredNumber = z.object({ visitId: z.string() });

/** The visit that a hospital's own number stands for; undefined where it may be used. */
export async function findVisitIdOfNumber(
  db: Database,
  hospitalCode: string,
  hospitalVisitNo: string,
): Promise<string | undefined> {
  const item = await getItem(db, db.ledger, ledgerKeys.visitNumber(hospitalCode, hospitalVisitNo));
  return item === undefined ? undefined : StoredNumber.parse(item).visitId;
}

/** The visit's number may be used for another registration. */
export const releaseVisitNumber = (db: Database, visit: Visit): Write =>
  release(db, ledgerKeys.visitNumber(visit.hospitalCode, visit.hospitalVisitNo), visit);

/** A later state of a visit, mostly the next; fails where anything changed it since the version that was read. */
export const saveVisit = (db: Database, next: Visit, read: number = next.version - 1): Write => ({
  item: {
    Put: {
      TableName: db.ledger,
      Item: toStoredVisit(next),
      ConditionExpression: "version = :read",
      ExpressionAttributeValues: { ":read": read },
    },
  },
  onConditionFailed: "CHANGED",
});

/** A later state of a visit with its details, which change only together. */
export const saveVisitAndDetails = (
  db: Database,
  next: Visit,
  details: VisitDetails,
  read?: number,
): Write[] => [
  saveVisit(db, { ...next, detailsVersion: next.version }, read),
  putOver(db.ledger, { ...ledgerKeys.visitDetails(next), ...details, version: next.version }),
];

/** The next state of a visit with what a message did to its lines, which change only together. */
export const saveVisitAndLines = (
  db: Database,
  next: Visit,
  parts: readonly ChargePart[],
  change: ChargeChange,
): Write[] => [
  saveVisit(db, { ...next, linesVersion: next.version }),
  ...appendCharges(db, next, parts, change),
];

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
