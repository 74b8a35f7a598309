import { beforeAll, expect, test } from "vitest";
import { rotateKeys } from "../../../functions/access/rotate-keys.ts";
import { jobs } from "../../../infra/aws/jobs.ts";
import {
  addKeys,
  dropOldKeys,
  dropOldLookupKey,
  type KeyFile,
  readKeyFile,
  writeKeyFile,
} from "../../../shared/personal-data/key-file.ts";
import { dumpTables } from "../../support/dump-tables.ts";
import { makeGrantedServices, startTestService, type TestService } from "../../support/service.ts";

const WORKERS = 60;

let service: TestService;
let keysFile: string;
beforeAll(async () => {
  process.env.LOOKUPS_PER_HOUR = "1000000";
  service = await startTestService();
  keysFile = process.env.PERSONAL_DATA_KEYS_FILE ?? "";
});

/** Fictional, and of a district that does not exist; the last character is the one that belongs to the others. */
function idNumberOf(index: number): string {
  const first = `99990119900101${String(index).padStart(3, "0")}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, place) => total + weight * Number(first[place]), 0);
  return first + "10X98765432"[sum % 11];
}
const cardOf = (index: number): string => `DEMO7${String(index).padStart(5, "0")}`;
const phoneOf = (index: number): string => `000-${String(index).padStart(8, "0")}`;
const accountOf = (index: number): string => String(index).padStart(19, "0");
const put = (index: number, overrides: object = {}) =>
  service.must("put-worker", {
    body: {
      idNumber: idNumberOf(index),
      cardNumber: cardOf(index),
      name: `试验${index}`,
      phone: phoneOf(index),
      bankAccount: accountOf(index),
      frozen: false,
      ...overrides,
    },
  });
const isKnown = async (named: object): Promise<boolean> => {
  const body = { ...named, visitType: "OUTPATIENT", serviceDate: "2026-03-01" };
  return (await service.must("check-eligibility", { body })).body.worker !== undefined;
};

test("keys are replaced while workers are stated and looked up: nobody is lost, and nothing is left under the old", async () => {
  await service.must("put-hospital", {
    params: { code: "H33030400001" },
    body: {
      name: "云渚市试验医院",
      tier: 3,
      services: ["OUTPATIENT"],
      agreement: { from: "2020-01-01", to: null, status: "ACTIVE" },
    },
  });
  const ids = new Map<number, string>();
  for (let index = 0; index < WORKERS; index += 1) ids.set(index, (await put(index)).body.workerId);

  const services = makeGrantedServices(jobs["rotate-keys"].tables);
  const old = readKeyFile(keysFile);
  let isOver = false;
  let lookups = 0;
  const lookPeopleUp = async (): Promise<void> => {
    for (let index = 0; !isOver; index = (index + 1) % WORKERS) {
      const named = index % 2 === 0 ? { idNumber: idNumberOf(index) } : { cardNumber: cardOf(index) };
      expect(await isKnown(named), `worker ${index}`).toBe(true);
      lookups += 1;
    }
  };
  let next = WORKERS;
  const statePeople = async (): Promise<void> => {
    for (; !isOver; next += 1) {
      const index = next;
      const [known, first, second] = await Promise.all([
        put(index % WORKERS, { frozen: index % 3 === 0 }),
        put(index),
        put(index),
      ]);
      expect(known.body.workerId).toBe(ids.get(index % WORKERS));
      expect(first.body.workerId).toBe(second.body.workerId);
      ids.set(index, first.body.workerId);
    }
  };
  const rotate = async (): Promise<void> => {
    const step = async (change: (keys: KeyFile) => KeyFile): Promise<void> => {
      writeKeyFile(keysFile, change(readKeyFile(keysFile)));
      // Until nothing is found under other keys: what was under way with the old ones has ended by then.
      while ((await rotateKeys(services, () => false)).rotated > 0);
    };
    await step(addKeys);
    await step(dropOldLookupKey);
    isOver = true;
  };
  await Promise.all([rotate(), lookPeopleUp(), lookPeopleUp(), statePeople()]);
  // Whatever was under way with the old keys has ended: one pass more finds it.
  await rotateKeys(services, () => false);
  writeKeyFile(keysFile, dropOldKeys(readKeyFile(keysFile)));

  // People were looked up all the while, however busy the machine.
  expect(lookups).toBeGreaterThan(WORKERS / 4);
  const sealedUnder = services.cipher.keyName();
  const items = await dumpTables(service);
  const workers = items.filter(({ sk }) => sk === "WORKER");
  expect(workers).toHaveLength(ids.size);
  expect(new Set(workers.map((worker) => worker.sealedUnder))).toEqual(new Set([sealedUnder]));
  expect(sealedUnder).not.toBe(old.encryption.current);
  // Two look-ups for each worker, and none of them under the old key.
  expect(items.filter(({ pk }) => String(pk).startsWith("PERSON#"))).toHaveLength(2 * ids.size);
  for (const [index, workerId] of ids) {
    const shown = await service.must("get-worker", {
      params: { workerId },
      query: { reveal: "核对密钥更换" },
    });
    expect(shown.body).toMatchObject({
      idNumber: idNumberOf(index),
      cardNumber: cardOf(index),
      name: `试验${index}`,
      phone: phoneOf(index),
      bankAccount: accountOf(index),
    });
    expect(await isKnown({ cardNumber: cardOf(index) })).toBe(true);
  }
});
