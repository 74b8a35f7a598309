import * as z from "zod/mini";
import { type Failure, failure } from "../../domain/failures.ts";
import { type InjuryCase, openCaseStatuses, openStatusOf } from "../../domain/registry/injury-case.ts";
import type { Visit } from "../../domain/visits/visit.ts";
import type { Database } from "../kit/database.ts";
import { ledgerKeys, type VisitKey } from "../kit/keys.ts";
import { getItems, queryAll } from "../kit/read.ts";
import { putNew, putOver, type Write } from "../kit/transaction.ts";
import { StoredVisit } from "./stored-visit.ts";

/** Files a visit where its case, or whoever brings one, finds it. */
export const fileVisit = (db: Database, { visitId, hospitalCode, caseNo, workerId }: Visit): Write =>
  putNew(
    db.ledger,
    {
      ...(caseNo === undefined
        ? ledgerKeys.unlinkedVisit(workerId, visitId)
        : ledgerKeys.visitOfCase(caseNo, visitId)),
      visitId,
      hospitalCode,
    },
    "CHANGED",
  );

const caseHasVisits = failure("CASE_HAS_VISITS", [{ pointer: "/employerUscc", code: "CASE_HAS_VISITS" }]);

type CaseAndParties = Pick<InjuryCase, "caseNo" | "workerId" | "employerUscc">;

const isOfBoth =
  "attribute_not_exists(pk) OR (employerUscc = :employer AND (attribute_not_exists(workerId) OR workerId = :worker))";

/**
 * That a visit rests on a case of this worker and this employer, which the case then keeps for good; `CHANGED` where it has been
 * given to another since it was read.
 */
export const settleEmployer = (db: Database, { caseNo, workerId, employerUscc }: CaseAndParties): Write => ({
  item: {
    Put: {
      TableName: db.ledger,
      Item: { ...ledgerKeys.caseEmployer(caseNo), workerId, employerUscc, isSettled: true },
      ConditionExpression: isOfBoth,
      ExpressionAttributeValues: { ":employer": employerUscc, ":worker": workerId },
    },
  },
  onConditionFailed: "CHANGED",
});

/** That a case is another worker's or employer's from now on, as long as no visit rests on it, be it cancelled. */
export const changeEmployer = (db: Database, { caseNo, workerId, employerUscc }: CaseAndParties): Write => ({
  item: {
    Put: {
      TableName: db.ledger,
      Item: { ...ledgerKeys.caseEmployer(caseNo), workerId, employerUscc },
      ConditionExpression: "attribute_not_exists(isSettled)",
    },
  },
  onConditionFailed: caseHasVisits,
});

/** That a case is another employer's from now on, with the visits that rest on it: those of `before`, if there are any. */
export const moveEmployer = (db: Database, next: CaseAndParties, before: string | undefined): Write => {
  if (before === undefined) return changeEmployer(db, next);
  const { caseNo, workerId, employerUscc } = next;
  return {
    item: {
      Put: {
        TableName: db.ledger,
        Item: { ...ledgerKeys.caseEmployer(caseNo), workerId, employerUscc, isSettled: true },
        ConditionExpression: "employerUscc = :before",
        ExpressionAttributeValues: { ":before": before },
      },
    },
    onConditionFailed: "CHANGED",
  };
};

const StoredStatement = z.object({
  workerId: z.string(),
  version: z.number(),
  employerUscc: z.optional(z.string()),
  /** Employers that it was stated with before that one. */
  former: z._default(z.array(z.string()), []),
  openStatus: z.optional(z.enum(openCaseStatuses)),
});
const StoredEmployer = z.object({ employerUscc: z.string(), isSettled: z.optional(z.boolean()) });

/** What the Ledger knows of a case, whatever became of the Registry. */
export interface CaseOnRecord {
  /** Whose it is, and how often it was stated; absent where that was before it was kept. */
  readonly stated?: z.infer<typeof StoredStatement> | undefined;
  /** Whose employee its claims are, once a visit rests on it. */
  readonly employerUscc?: string | undefined;
}

/** What is on record of a case, in one batch. */
export async function findCaseOnRecord(db: Database, caseNo: string): Promise<CaseOnRecord> {
  const keys = [ledgerKeys.caseStated(caseNo), ledgerKeys.caseEmployer(caseNo)];
  const items = await getItems(db, db.ledger, keys);
  const [stated, found] = keys.map(({ sk }) => items.find((item) => item.sk === sk));
  const employer = found === undefined ? undefined : StoredEmployer.parse(found);
  return {
    stated: stated === undefined ? undefined : StoredStatement.parse(stated),
    employerUscc: employer?.isSettled === true ? employer.employerUscc : undefined,
  };
}

/** So many employers are kept that a case was stated with before, the latest. */
const MAX_FORMER = 20;

/** That a case was stated so often, with which employers, and as what before it was closed, in the transaction that states it. */
export const recordCaseStated = (
  db: Database,
  injuryCase: InjuryCase,
  before: CaseOnRecord["stated"],
): Write => {
  const { caseNo, workerId, version, employerUscc } = injuryCase;
  const openStatus = openStatusOf(injuryCase);
  const earlier = new Set([
    ...(before?.former ?? []),
    ...(before?.employerUscc ? [before.employerUscc] : []),
  ]);
  earlier.delete(employerUscc);
  const former = [...earlier].slice(-MAX_FORMER);
  const key = ledgerKeys.caseStated(caseNo);
  return putOver(db.ledger, { ...key, workerId, version, openStatus, employerUscc, former });
};

/**
 * Whose employee a case is that the Registry has lost and that is stated again: where it was corrected since, the
 * employer of the correction, which is on record.
 */
export const employerOnRecord = ({ stated }: CaseOnRecord, employerUscc: string): string =>
  stated?.employerUscc !== undefined && stated.former.includes(employerUscc)
    ? stated.employerUscc
    : employerUscc;

/** That a case came to an employer by a correction, for whoever looks for what its insured periods concern. */
export const fileCaseOfEmployer = (db: Database, { caseNo, employerUscc }: CaseAndParties): Write =>
  putOver(db.ledger, { ...ledgerKeys.caseOfEmployer(employerUscc, caseNo), caseNo });

const StoredCaseOfEmployer = z.object({ caseNo: z.string() });

/** The cases that ever came to an employer by a correction. */
export async function readCasesOfEmployer(db: Database, employerUscc: string): Promise<string[]> {
  const items = await queryAll(db, {
    TableName: db.ledger,
    ConsistentRead: true,
    KeyConditionExpression: "pk = :pk",
    ExpressionAttributeValues: { ":pk": ledgerKeys.caseOfEmployer(employerUscc, "").pk },
  });
  return items.map((item) => StoredCaseOfEmployer.parse(item).caseNo);
}

/** Why a case cannot be stated so, whether the Registry has it or not; undefined where it can. */
export function checkOnRecord(
  { stated, employerUscc }: CaseOnRecord,
  next: Pick<InjuryCase, "workerId" | "employerUscc">,
): Failure | undefined {
  if (stated !== undefined && stated.workerId !== next.workerId)
    return failure("CASE_NUMBER_TAKEN", [{ pointer: "/idNumber", code: "CASE_NUMBER_TAKEN" }]);
  return employerUscc === undefined || employerUscc === next.employerUscc ? undefined : caseHasVisits;
}

const StoredPlace = z.object({ visitId: z.string(), hospitalCode: z.string() });

async function readFiledVisits(db: Database, partition: string): Promise<Visit[]> {
  const places = await queryAll(db, {
    TableName: db.ledger,
    ConsistentRead: true,
    KeyConditionExpression: "pk = :pk",
    ExpressionAttributeValues: { ":pk": partition },
  });
  return findVisits(
    db,
    places.map((place) => StoredPlace.parse(place)),
  );
}

/** Every visit of a case, whatever its hospital, as it stands. */
export const readVisitsOfCase = (db: Database, caseNo: string): Promise<Visit[]> =>
  readFiledVisits(db, ledgerKeys.visitOfCase(caseNo, "").pk);

/** A case's visits as they stand, so many in the order of their ids, from after one of them. */
export async function readVisitPageOfCase(
  db: Database,
  caseNo: string,
  after: string | undefined,
  limit: number,
): Promise<Visit[]> {
  const { pk, sk } = ledgerKeys.visitOfCase(caseNo, after ?? "");
  const input = {
    TableName: db.ledger,
    ConsistentRead: true,
    KeyConditionExpression: "pk = :pk AND sk > :after",
    ExpressionAttributeValues: { ":pk": pk, ":after": sk },
    Limit: limit,
  };
  const places = await queryAll(db, input, limit);
  const visits = await findVisits(
    db,
    places.map((place) => StoredPlace.parse(place)),
  );
  return visits.toSorted((a, b) => (a.visitId < b.visitId ? -1 : 1));
}

/** Every visit of a worker that was taken in without a case and has none yet. */
export async function readUnlinkedVisits(db: Database, workerId: string): Promise<Visit[]> {
  const visits = await readFiledVisits(db, ledgerKeys.unlinkedVisit(workerId, "").pk);
  return visits.filter(({ caseNo, status }) => caseNo === undefined && status !== "CANCELLED");
}

/** Visits of any hospitals, each once and in no order; what is not there is left out. */
export async function findVisits(db: Database, visits: readonly VisitKey[]): Promise<Visit[]> {
  const keys = new Map(visits.map((visit) => [visit.visitId, ledgerKeys.visit(visit)]));
  return (await getItems(db, db.ledger, [...keys.values()])).map((item) => StoredVisit.parse(item));
}
