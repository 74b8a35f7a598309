import { ScanCommand, type ScanCommandOutput } from "@aws-sdk/lib-dynamodb";
import * as z from "zod/mini";
import type { Database } from "../kit/database.ts";
import { type Key, ledgerKeys, registryKeys } from "../kit/keys.ts";
import { getItems, type Item } from "../kit/read.ts";

/** How the Registry does not fit what the Ledger names. */
export type RegistryFault =
  | "HOSPITAL_MISSING"
  | "EMPLOYER_MISSING"
  | "WORKER_MISSING"
  | "CASE_MISSING"
  | "CASE_OF_ANOTHER_WORKER"
  | "CASE_OF_ANOTHER_EMPLOYER"
  | "CASE_OLDER_THAN_STATED";

/** One thing that is missing or another; by id and code, which name no person. */
export interface RegistryFinding {
  readonly fault: RegistryFault;
  readonly id: string;
}

const [HEADER, STAY, EMPLOYER, STATED] = [
  ledgerKeys.visit({ hospitalCode: "", visitId: "" }).sk,
  ledgerKeys.stays("").sk,
  ledgerKeys.caseEmployer("").sk,
  ledgerKeys.caseStated("").sk,
];

const Named = z.object({
  pk: z.string(),
  sk: z.string(),
  status: z.optional(z.string()),
  hospitalCode: z.optional(z.string()),
  employerUscc: z.optional(z.string()),
  workerId: z.optional(z.string()),
  caseNo: z.optional(z.string()),
  isSettled: z.optional(z.boolean()),
  version: z.optional(z.number()),
});
type Named = z.infer<typeof Named>;

const PAGE_ITEMS = 1_000;

/** What of the Ledger names something of the Registry, page by page. */
async function* readNames(db: Database): AsyncGenerator<readonly Named[]> {
  let start: Item | undefined;
  do {
    const page: ScanCommandOutput = await db.client.send(
      new ScanCommand({
        TableName: db.ledger,
        ConsistentRead: true,
        Limit: PAGE_ITEMS,
        FilterExpression: "sk IN (:header, :stay, :employer, :stated)",
        ProjectionExpression:
          "pk, sk, #status, hospitalCode, employerUscc, workerId, caseNo, isSettled, version",
        ExpressionAttributeNames: { "#status": "status" },
        ExpressionAttributeValues: {
          ":header": HEADER,
          ":stay": STAY,
          ":employer": EMPLOYER,
          ":stated": STATED,
        },
        ...(start === undefined ? {} : { ExclusiveStartKey: start }),
      }),
    );
    yield (page.Items ?? []).map((item) => Named.parse(item));
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
}

/** Whether the Ledger has any visit; it reads until it finds one. */
export async function hasVisits(db: Database): Promise<boolean> {
  for await (const page of readNames(db))
    if (page.some(({ sk, status }) => sk === HEADER && status !== "CANCELLED")) return true;
  return false;
}

/** What one item of the Ledger asks of the Registry. */
interface Demands {
  readonly hospital?: string | undefined;
  readonly employer?: string | undefined;
  readonly worker?: string | undefined;
  readonly injuryCase?: string | undefined;
  readonly caseWorker?: string | undefined;
  readonly caseEmployer?: string | undefined;
  readonly caseVersion?: number | undefined;
}

const idOf = (pk: string): string => pk.slice(pk.indexOf("#") + 1);

function demandsOf({ pk, sk, ...named }: Named): Demands {
  switch (sk) {
    case HEADER:
      if (named.status === "CANCELLED") return {};
      return {
        hospital: named.hospitalCode,
        employer: named.employerUscc,
        worker: named.workerId,
        injuryCase: named.caseNo,
        caseWorker: named.workerId,
      };
    case STAY:
      return { worker: idOf(pk) };
    case EMPLOYER:
      return named.isSettled === true ? { injuryCase: idOf(pk), caseEmployer: named.employerUscc } : {};
    default:
      return { injuryCase: idOf(pk), caseWorker: named.workerId, caseVersion: named.version };
  }
}

const FoundCase = z.object({ employerUscc: z.string(), version: z.number() });
const FoundOwner = z.object({ workerId: z.string() });

type Found = ReadonlyMap<string, Item>;
const nameOf = ({ pk, sk }: Key): string => `${pk} ${sk}`;
const StoredKey = z.object({ pk: z.string(), sk: z.string() });

async function find(db: Database, keys: readonly Key[]): Promise<Found> {
  const distinct = new Map(keys.map((key) => [nameOf(key), key]));
  const items = await getItems(db, db.registry, [...distinct.values()]);
  return new Map(items.map((item) => [nameOf(StoredKey.parse(item)), item]));
}

const given = <T>(value: T | undefined): readonly T[] => (value === undefined ? [] : [value]);

const thingsOf = ({ hospital, employer, worker, injuryCase }: Demands): Key[] => [
  ...given(hospital).map(registryKeys.hospital),
  ...given(employer).map(registryKeys.employer),
  ...given(worker).map(registryKeys.worker),
  ...given(injuryCase).map(registryKeys.caseOwner),
];

const ownerOf = (things: Found, caseNo: string): string | undefined => {
  const item = things.get(nameOf(registryKeys.caseOwner(caseNo)));
  return item === undefined ? undefined : FoundOwner.parse(item).workerId;
};

function* judgeCase(demands: Demands, things: Found, cases: Found): Generator<RegistryFinding> {
  const { injuryCase: id, caseWorker, caseEmployer, caseVersion = 0 } = demands;
  if (id === undefined) return;
  const owner = ownerOf(things, id);
  const item = owner === undefined ? undefined : cases.get(nameOf(registryKeys.injuryCase(owner, id)));
  if (item === undefined) {
    yield { fault: "CASE_MISSING", id };
    return;
  }
  const found = FoundCase.parse(item);
  if (caseWorker !== undefined && caseWorker !== owner) yield { fault: "CASE_OF_ANOTHER_WORKER", id };
  if (caseEmployer !== undefined && caseEmployer !== found.employerUscc)
    yield { fault: "CASE_OF_ANOTHER_EMPLOYER", id };
  if (found.version < caseVersion) yield { fault: "CASE_OLDER_THAN_STATED", id };
}

function* judge(demands: Demands, things: Found, cases: Found): Generator<RegistryFinding> {
  const { hospital, employer, worker } = demands;
  const isMissing = (key: Key): boolean => !things.has(nameOf(key));
  for (const id of given(hospital))
    if (isMissing(registryKeys.hospital(id))) yield { fault: "HOSPITAL_MISSING", id };
  for (const id of given(employer))
    if (isMissing(registryKeys.employer(id))) yield { fault: "EMPLOYER_MISSING", id };
  for (const id of given(worker))
    if (isMissing(registryKeys.worker(id))) yield { fault: "WORKER_MISSING", id };
  yield* judgeCase(demands, things, cases);
}

/** So many findings are remembered, so that each is given once; a table that lost more gives some again. */
const MAX_REMEMBERED = 100_000;

/**
 * Whether the Registry has what the Ledger names: of each visit that is not cancelled its hospital, employer, worker and
 * case, the worker of each open stay, and of each case the worker, the employer and the version that are on record. Reads the
 * whole Ledger page by page, for an operator; its memory is bounded. `onCompared` hears how many items of a page were compared.
 */
export async function* checkRegistry(
  db: Database,
  onCompared: (count: number) => void = () => undefined,
): AsyncGenerator<RegistryFinding> {
  const told = new Set<string>();
  for await (const page of readNames(db)) {
    const demands = page.map(demandsOf);
    const things = await find(db, demands.flatMap(thingsOf));
    const cases = await find(
      db,
      demands.flatMap(({ injuryCase }) =>
        given(injuryCase).flatMap((caseNo) =>
          given(ownerOf(things, caseNo)).map((owner) => registryKeys.injuryCase(owner, caseNo)),
        ),
      ),
    );
    onCompared(page.length);
    for (const each of demands) {
      for (const finding of judge(each, things, cases)) {
        const name = `${finding.fault} ${finding.id}`;
        if (told.has(name)) continue;
        if (told.size < MAX_REMEMBERED) told.add(name);
        yield finding;
      }
    }
  }
}
