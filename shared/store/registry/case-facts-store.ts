import type { CaseFacts } from "../../domain/visits/conditions.ts";
import type { Database } from "../kit/database.ts";
import { registryKeys } from "../kit/keys.ts";
import { getItems, type Item } from "../kit/read.ts";
import { type CaseKey, findEmployers, toCase, toEmployer, toReferenceVersion } from "./registry-store.ts";
import { toWorkerOfItem } from "./worker-store.ts";

/** A case, and the employer that a visit of it was taken in for: the case's own, but for a moment after a correction. */
export interface FactsKey extends CaseKey {
  readonly employerUscc: string;
}

async function toFacts(db: Database, key: FactsKey, items: readonly Item[]): Promise<CaseFacts | undefined> {
  const find = ({ pk, sk }: { pk: string; sk: string }) =>
    items.find((item) => item.pk === pk && item.sk === sk);
  const caseItem = find(registryKeys.injuryCase(key.workerId, key.caseNo));
  if (caseItem === undefined) return undefined;
  const injuryCase = toCase(caseItem);
  const workerItem = find(registryKeys.worker(key.workerId));
  if (workerItem === undefined) throw new Error(`worker of case ${key.caseNo} is missing`);
  const { employerUscc } = injuryCase;
  const employerItem = find(registryKeys.employer(employerUscc));
  const [employer] =
    employerUscc === key.employerUscc
      ? [employerItem === undefined ? undefined : toEmployer(employerItem)]
      : await findEmployers(db, [employerUscc]);
  return { injuryCase, worker: toWorkerOfItem(workerItem), employer };
}

const keysOf = ({ workerId, caseNo, employerUscc }: FactsKey) => [
  registryKeys.injuryCase(workerId, caseNo),
  registryKeys.worker(workerId),
  registryKeys.employer(employerUscc),
];

/**
 * A case with its worker and its employer, in one call; undefined where there is no such case. A case that has gone over
 * to another employer takes a second call.
 */
export async function findCaseFacts(db: Database, key: FactsKey): Promise<CaseFacts | undefined> {
  return toFacts(db, key, await getItems(db, db.registry, keysOf(key)));
}

/** The same beside the version of the reference data, in the same call. */
export async function findCaseFactsAndVersion(
  db: Database,
  key: FactsKey,
): Promise<{ readonly facts: CaseFacts | undefined; readonly version: number }> {
  const versionKey = registryKeys.referenceVersion();
  const items = await getItems(db, db.registry, [...keysOf(key), versionKey]);
  const version = items.find(({ pk, sk }) => pk === versionKey.pk && sk === versionKey.sk);
  return { facts: await toFacts(db, key, items), version: toReferenceVersion(version) };
}
