import { chunksOf } from "../../shared/chunks.ts";
import { readConfig } from "../../shared/config.ts";
import { CatalogueItem } from "../../shared/domain/catalogue/catalogue.ts";
import { toCodeForm } from "../../shared/domain/catalogue/code-form.ts";
import { PolicyTerms } from "../../shared/domain/catalogue/policy.ts";
import { DaySchema, instantOf } from "../../shared/domain/dates.ts";
import { EmployerStatement } from "../../shared/domain/registry/employer.ts";
import { HospitalStatement } from "../../shared/domain/registry/hospital.ts";
import { CaseInput, toNextCase } from "../../shared/domain/registry/injury-case.ts";
import { WorkerStatement } from "../../shared/domain/registry/worker.ts";
import { mapConcurrent } from "../../shared/map-concurrent.ts";
import { followKeyFile } from "../../shared/personal-data/key-file.ts";
import { makePersonLookup } from "../../shared/personal-data/person-lookup.ts";
import { makePersonalDataCipher } from "../../shared/personal-data/personal-data-cipher.ts";
import { planWorker, type WorkerServices } from "../../shared/personal-data/plan-worker.ts";
import { makeWorkerIds, type WorkerIds } from "../../shared/personal-data/worker-ids.ts";
import { saveCatalogueItem, saveCodeForm } from "../../shared/store/catalogue/catalogue-store.ts";
import {
  nextReferenceVersion,
  raiseReferenceVersion,
  readReferenceVersion,
  savePolicy,
} from "../../shared/store/catalogue/reference-store.ts";
import { connectDatabase, type Database } from "../../shared/store/kit/database.ts";
import { commitTransaction, type Write } from "../../shared/store/kit/transaction.ts";
import {
  findHospital,
  saveCase,
  saveEmployer,
  saveHospital,
} from "../../shared/store/registry/registry-store.ts";
import { hasVisits } from "../../shared/store/registry/registry-verification.ts";
import { type DemoRegistry, demoRegistry } from "./demo-registry.ts";

export interface DemoTarget {
  readonly endpoint: string;
  readonly keysFile: string;
}

const VISITS_WITHOUT_DEMO =
  "已有就诊，却没有演示医院的登记，不载入演示数据：请以 DEMO_DATA=off 启动；登记（Registry）丢失的，按 docs/runbook.md 重新登记 · " +
  "There are visits here, but the demo hospitals are not stated, so no demo data is loaded: start with DEMO_DATA=off; where the Registry was lost, state it again by docs/runbook.md";

/** A transaction takes 100 writes; a worker's three may not be torn apart. */
const WRITES_PER_TRANSACTION = 99;
const TRANSACTIONS_AT_ONCE = 4;

interface DemoServices extends WorkerServices {
  readonly workerIds: WorkerIds;
}

/** The same worker gets the same id on every start, so that a load which broke off can be repeated. */
async function writeWorkers(services: DemoServices, { workers }: DemoRegistry): Promise<Write[]> {
  const planned = workers.map((body) => {
    const statement = WorkerStatement.parse(body);
    const at = instantOf(Date.now());
    return planWorker(services, services.workerIds.idOf(statement, 0), statement, undefined, at);
  });
  return (await Promise.all(planned)).flatMap(({ writes }) => writes);
}

function writeRest({ db, workerIds }: DemoServices, registry: DemoRegistry, version: number): Write[] {
  const at = instantOf(version);
  return [
    ...registry.employers.map(({ uscc, body }) =>
      saveEmployer(db, { ...EmployerStatement.parse(body), uscc }, 1),
    ),
    ...registry.catalogueItems.flatMap((body) => {
      const item = CatalogueItem.parse(body);
      const { itemCode } = item;
      return [
        saveCatalogueItem(db, { item, history: { statements: [{ at, stated: item }] } }, version, undefined),
        saveCodeForm(db, toCodeForm(itemCode), itemCode),
      ];
    }),
    ...registry.policies.map(({ effectiveFrom, body }) =>
      savePolicy(db, { ...PolicyTerms.parse(body), effectiveFrom: DaySchema.parse(effectiveFrom) }, version),
    ),
    ...registry.cases.flatMap(({ caseNo, body }) => {
      const { idType, idNumber, ...statement } = CaseInput.parse(body);
      const ofWorker = { ...statement, caseNo, workerId: workerIds.idOf({ idType, idNumber }, 0) };
      return saveCase(db, toNextCase(undefined, ofWorker, instantOf(Date.now())), undefined);
    }),
  ];
}

async function commitInChunks(db: Database, writes: readonly Write[]): Promise<void> {
  // A chunk that is there already, from a start that broke off, fails its conditions and is left as it is.
  await mapConcurrent(chunksOf(writes, WRITES_PER_TRANSACTION), TRANSACTIONS_AT_ONCE, (chunk) =>
    commitTransaction(db, chunk),
  );
}

/**
 * Puts the fictional district into empty tables; the hospitals come last and tell that it is complete. Returns
 * false where it was there already. Throws where there are visits and what they rest on is not there.
 */
export async function loadDemoData({ endpoint, keysFile }: DemoTarget): Promise<boolean> {
  const db = connectDatabase(readConfig({ DYNAMODB_ENDPOINT: endpoint }));
  const keys = followKeyFile(keysFile);
  const services = {
    db,
    personLookup: makePersonLookup(() => keys().lookup),
    workerIds: makeWorkerIds(() => keys().messages),
    cipher: makePersonalDataCipher({ kind: "FILE", keys }),
  };
  const registry = demoRegistry();
  const [firstHospital] = registry.hospitals;
  if (firstHospital !== undefined && (await findHospital(db, firstHospital.code)) !== undefined) return false;
  if (await hasVisits(db)) throw new Error(VISITS_WITHOUT_DEMO);
  await commitInChunks(db, await writeWorkers(services, registry));
  const read = await readReferenceVersion(db);
  const version = nextReferenceVersion(instantOf(Date.now()), read);
  await commitInChunks(db, writeRest(services, registry, version));
  await commitTransaction(db, [
    ...registry.hospitals.map(({ code, body }) =>
      saveHospital(db, { ...HospitalStatement.parse(body), code }),
    ),
    raiseReferenceVersion(db, version, read),
  ]);
  return true;
}
