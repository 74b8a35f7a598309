import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { readConfig } from "../../../shared/config.ts";
import { makeCipher } from "../../../shared/personal-data/make-cipher.ts";
import type { PersonalDataCipher } from "../../../shared/personal-data/personal-data-cipher.ts";
import { isTransientError } from "../../../shared/transient-error.ts";
import { type KeyService, startKeyService } from "../../support/key-service.ts";

const person = {
  name: "诸葛试验",
  idType: "RESIDENT_ID",
  idNumber: "999901198103290004",
  cardNumber: "DEMO000001",
} as const;
const arnOf = (name: string, partition = "aws-cn"): string =>
  `arn:${partition}:kms:cn-north-1:000000000000:key/${name}`;
const OLD = arnOf("00000000-0000-0000-0000-000000000001");
const NEW = arnOf("00000000-0000-0000-0000-000000000002");

/** The cipher of a function with these variables in its environment. */
const cipherOf = (env: Record<string, string>): PersonalDataCipher =>
  makeCipher(readConfig(env).personalData);

const failureOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

describe("under a key of KMS, what names a person", () => {
  let keyService: KeyService;
  beforeAll(async () => {
    keyService = await startKeyService();
    vi.stubEnv("AWS_ENDPOINT_URL_KMS", keyService.url);
    vi.stubEnv("AWS_ACCESS_KEY_ID", "test");
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", "test");
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await keyService.stop();
  });
  beforeEach(() => {
    keyService.behave = "WELL";
  });

  test("is sealed and opened in the partition of China, with purpose and worker named to KMS", async () => {
    const { seal, open } = cipherOf({ PERSONAL_DATA_KEY_ARN: OLD });
    const sealed = await seal("W1", person);
    expect(await open("W1", sealed)).toEqual(person);
    const context = expect.objectContaining({ purpose: "personal-data", workerId: "W1" });
    expect(keyService.calls.slice(-2)).toEqual([
      { action: "GenerateDataKey", keyId: OLD, context },
      { action: "Decrypt", keyId: OLD, context },
    ]);
    expect(JSON.stringify(keyService.calls)).not.toContain(person.idNumber);
  });

  test("does not open for another worker, although KMS would unwrap its key", async () => {
    const { seal, open } = cipherOf({ PERSONAL_DATA_KEY_ARN: OLD });
    await expect(open("W2", await seal("W1", person))).rejects.toThrow("sealed for somebody else");
  });

  test("opens under the key before as long as that is named, and is sealed under the new one", async () => {
    const sealed = await cipherOf({ PERSONAL_DATA_KEY_ARN: OLD }).seal("W1", person);
    const both = cipherOf({ PERSONAL_DATA_KEY_ARN: NEW, PERSONAL_DATA_KEY_ARNS_BEFORE: OLD });
    expect(await both.open("W1", sealed)).toEqual(person);
    const anew = await both.seal("W1", person);
    const last = cipherOf({ PERSONAL_DATA_KEY_ARN: NEW });
    expect(await last.open("W1", anew)).toEqual(person);
    await expect(last.open("W1", sealed)).rejects.toThrow();
    expect(last.keyName()).toBe(NEW);
  });

  test("is told apart by generation, so that all can be sealed anew under the same key", async () => {
    const first = cipherOf({ PERSONAL_DATA_KEY_ARN: NEW });
    const second = cipherOf({ PERSONAL_DATA_KEY_ARN: NEW, PERSONAL_DATA_KEY_GENERATION: "2" });
    expect(second.keyName()).not.toBe(first.keyName());
    expect(await second.open("W1", await first.seal("W1", person))).toEqual(person);
    expect(() => readConfig({ PERSONAL_DATA_KEY_GENERATION: "second" })).toThrow(
      "PERSONAL_DATA_KEY_GENERATION",
    );
  });

  test("is neither sealed nor opened by a function that names no key", () => {
    expect(() => cipherOf({})).toThrow("PERSONAL_DATA_KEY_ARN is missing");
  });

  test("is neither sealed nor opened where KMS refuses, and stays as it was", async () => {
    const { seal, open } = cipherOf({ PERSONAL_DATA_KEY_ARN: OLD });
    const sealed = await seal("W1", person);
    keyService.behave = "REFUSE";
    await expect(seal("W1", person)).rejects.toThrow();
    expect(isTransientError(await failureOf(open("W1", sealed)))).toBe(false);
    keyService.behave = "WELL";
    expect(await open("W1", sealed)).toEqual(person);
  });

  test.for(["sealing", "opening"])(
    "%s waits for a silent KMS no longer than a caller has time to be told, and may be asked for again",
    async (what) => {
      const { seal, open } = cipherOf({ PERSONAL_DATA_KEY_ARN: OLD });
      const sealed = await seal("W1", person);
      keyService.behave = "HANG";
      const startedAt = performance.now();
      const failure = await failureOf(what === "sealing" ? seal("W1", person) : open("W1", sealed));
      expect(performance.now() - startedAt).toBeLessThan(20_000);
      expect(isTransientError(failure), String(failure)).toBe(true);
    },
  );
});
