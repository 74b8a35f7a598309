import * as z from "zod/mini";
import { Tier } from "../../domain/catalogue/catalogue.ts";
import type { Employer } from "../../domain/registry/employer.ts";
import type { Hospital } from "../../domain/registry/hospital.ts";
import { caseStatuses, type InjuryCase, openCaseStatuses } from "../../domain/registry/injury-case.ts";
import { visitTypes } from "../../domain/visit-type.ts";
import type { Database } from "../kit/database.ts";
import { registryKeys } from "../kit/keys.ts";
import { getItem, getItems, type Item } from "../kit/read.ts";
import { StoredDay, StoredDiagnosisCode, StoredInstant } from "../kit/stored-fields.ts";
import { putNew, putOver, type Write } from "../kit/transaction.ts";

const StoredPeriod = z.object({ from: StoredDay, to: z.nullable(StoredDay) });
const VisitTypes = z.enum(visitTypes);

const StoredHospital = z.object({
  code: z.string(),
  name: z.string(),
  tier: Tier,
  services: z.array(VisitTypes),
  agreement: z.object({
    from: StoredDay,
    to: z.nullable(StoredDay),
    status: z.enum(["ACTIVE", "SUSPENDED"]),
  }),
});

const StoredEmployer = z.object({ uscc: z.string(), name: z.string(), insured: z.array(StoredPeriod) });

/** A case as it is kept. */
export const StoredCase = z.object({
  caseNo: z.string(),
  workerId: z.string(),
  employerUscc: z.string(),
  injuredOn: StoredDay,
  status: z.enum(caseStatuses),
  thirdPartyLiability: z.boolean(),
  injuries: z.array(
    z.object({
      bodyPart: z.string(),
      description: z.string(),
      diagnosisPrefixes: z.array(StoredDiagnosisCode),
    }),
  ),
  authorisations: z.array(
    z.object({
      benefit: VisitTypes,
      from: StoredDay,
      to: z.nullable(StoredDay),
      hospitalCodes: z.optional(z.array(z.string())),
    }),
  ),
  appliedOn: z.optional(StoredDay),
  acceptedOn: z.optional(StoredDay),
  factsAreClear: z.optional(z.boolean()),
  version: z.number(),
  closedAs: z.optional(z.enum(openCaseStatuses)),
  isRestated: z.optional(z.boolean()),
  statedAt: StoredInstant,
});

const StoredVersion = z.object({ version: z.number() });

export const toCase = (item: Item): InjuryCase => StoredCase.parse(item);
export const toEmployer = (item: Item): Employer => StoredEmployer.parse(item);
/** 0 while nothing was ever stated. */
export const toReferenceVersion = (item: Item | undefined): number =>
  item === undefined ? 0 : StoredVersion.parse(item).version;

/** Which case of which worker. */
export interface CaseKey {
  readonly workerId: string;
  readonly caseNo: string;
}

const StoredOwner = z.object({ workerId: z.string() });

export async function findHospital(db: Database, code: string): Promise<Hospital | undefined> {
  const item = await getItem(db, db.registry, registryKeys.hospital(code));
  return item === undefined ? undefined : StoredHospital.parse(item);
}

export async function findHospitals(db: Database, codes: Iterable<string>): Promise<Hospital[]> {
  const items = await getItems(db, db.registry, [...new Set(codes)].map(registryKeys.hospital));
  return items.map((item) => StoredHospital.parse(item));
}

const Counted = z.object({ version: z._default(z.number(), 0) });

/** An employer with how often it was stated, for whoever states it anew; 0 where nobody counted yet. */
export async function findEmployerRecord(
  db: Database,
  uscc: string,
): Promise<{ readonly employer: Employer; readonly version: number } | undefined> {
  const item = await getItem(db, db.registry, registryKeys.employer(uscc));
  return item === undefined ? undefined : { employer: toEmployer(item), ...Counted.parse(item) };
}

export async function findEmployers(db: Database, usccs: Iterable<string>): Promise<Employer[]> {
  const items = await getItems(db, db.registry, [...new Set(usccs)].map(registryKeys.employer));
  return items.map((item) => StoredEmployer.parse(item));
}

export async function findCase(
  db: Database,
  workerId: string,
  caseNo: string,
): Promise<InjuryCase | undefined> {
  const item = await getItem(db, db.registry, registryKeys.injuryCase(workerId, caseNo));
  return item === undefined ? undefined : StoredCase.parse(item);
}

/** Many cases, each once, in no order. */
export async function findCases(db: Database, keys: readonly CaseKey[]): Promise<InjuryCase[]> {
  const unique = new Map(
    keys.map(({ workerId, caseNo }) => [caseNo, registryKeys.injuryCase(workerId, caseNo)]),
  );
  const items = await getItems(db, db.registry, [...unique.values()]);
  return items.map((item) => StoredCase.parse(item));
}

/** The worker that a case number belongs to. */
export async function findCaseOwner(db: Database, caseNo: string): Promise<string | undefined> {
  const item = await getItem(db, db.registry, registryKeys.caseOwner(caseNo));
  return item === undefined ? undefined : StoredOwner.parse(item).workerId;
}

export const saveHospital = (db: Database, hospital: Hospital): Write =>
  putOver(db.registry, { ...registryKeys.hospital(hospital.code), ...hospital });

/** An employer over the one whose version was read; 1 is the first that was counted. */
export const saveEmployer = (db: Database, employer: Employer, version: number): Write => ({
  item: {
    Put: {
      TableName: db.registry,
      Item: { ...registryKeys.employer(employer.uscc), ...employer, version },
      ...(version === 1
        ? { ConditionExpression: "attribute_not_exists(version)" }
        : {
            ConditionExpression: "version = :read",
            ExpressionAttributeValues: { ":read": version - 1 },
          }),
    },
  },
  onConditionFailed: "CHANGED",
});

const toStoredCase = (injuryCase: InjuryCase) => ({
  ...registryKeys.injuryCase(injuryCase.workerId, injuryCase.caseNo),
  ...injuryCase,
});

/** That a case is still as it was read, in a transaction that rests on it. */
export const checkCase = (db: Database, { workerId, caseNo, version }: InjuryCase): Write => ({
  item: {
    ConditionCheck: {
      TableName: db.registry,
      Key: registryKeys.injuryCase(workerId, caseNo),
      ConditionExpression: "version = :read",
      ExpressionAttributeValues: { ":read": version },
    },
  },
  onConditionFailed: "CHANGED",
});

/** A case over the version of it that was read. */
const putCaseOver = (db: Database, injuryCase: InjuryCase, read: number): Write => ({
  item: {
    Put: {
      TableName: db.registry,
      Item: toStoredCase(injuryCase),
      ConditionExpression: "version = :read",
      ExpressionAttributeValues: { ":read": read },
    },
  },
  onConditionFailed: "CHANGED",
});

/**
 * A case under its worker, over the version that was read of it, if any, and its number led there; a number stays with its
 * worker for good.
 */
export const saveCase = (db: Database, injuryCase: InjuryCase, read: number | undefined): Write[] => [
  read === undefined
    ? putNew(db.registry, toStoredCase(injuryCase), "CHANGED")
    : putCaseOver(db, injuryCase, read),
  {
    item: {
      Put: {
        TableName: db.registry,
        Item: { ...registryKeys.caseOwner(injuryCase.caseNo), workerId: injuryCase.workerId },
        ConditionExpression: "attribute_not_exists(pk) OR workerId = :workerId",
        ExpressionAttributeValues: { ":workerId": injuryCase.workerId },
      },
    },
    onConditionFailed: { code: "CASE_NUMBER_TAKEN" },
  },
];
