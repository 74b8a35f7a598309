import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ApiAccess } from "../../functions/kit/api-handler.ts";
import { makeHashContent } from "../../functions/kit/hash-content.ts";
import { standardClaimNames } from "../../shared/http/caller.ts";
import { type KeyFile, writeKeyFile } from "../../shared/personal-data/key-file.ts";
import { makePersonLookup } from "../../shared/personal-data/person-lookup.ts";
import { makePersonalDataCipher } from "../../shared/personal-data/personal-data-cipher.ts";
import { makeWorkerIds } from "../../shared/personal-data/worker-ids.ts";
import { makeWebhookSecrets } from "../../shared/webhooks/webhook-secrets.ts";

/** The same for every run, and known to all. */
const testKeys: KeyFile = {
  encryption: { current: "test", keys: { test: Buffer.alloc(32, 7).toString("base64") } },
  lookup: { current: "a-key-for-tests-of-more-than-32-characters" },
  messages: "another-key-for-tests-of-more-than-32-characters",
  webhooks: "a-third-key-for-tests-of-more-than-32-characters",
};

/** A key file of its own, for functions that find it through their environment. */
export function writeTestKeys(): string {
  const path = join(mkdtempSync(join(tmpdir(), "test-keys-")), "keys.json");
  writeKeyFile(path, testKeys);
  return path;
}

/** What functions lean on that have keys: to find, seal and open people, to know messages and webhooks. */
export const testPersonServices = {
  personLookup: makePersonLookup(() => testKeys.lookup),
  workerIds: makeWorkerIds(() => testKeys.messages),
  cipher: makePersonalDataCipher({ kind: "FILE", keys: () => testKeys }),
  access: {
    claimNames: standardClaimNames,
    checkInstitution: async () => undefined,
    takeRequest: () => undefined,
    hashContent: makeHashContent(() => testKeys.messages),
  } satisfies ApiAccess,
  webhookSecrets: makeWebhookSecrets(() => testKeys.webhooks),
};
