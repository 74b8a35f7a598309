import { randomBytes, randomInt } from "node:crypto";
import { type Config, type PersonalDataConfig, readConfig } from "../../shared/config.ts";
import { type Instant, instantOf } from "../../shared/domain/dates.ts";
import { ID_CHANCES, type IdPrefix, idOf } from "../../shared/domain/ids.ts";
import { MAX_LINES_OF_BILL } from "../../shared/domain/visits/check-lines.ts";
import { type FileStore, makeFileStore } from "../../shared/files/file-store.ts";
import { type Logger, makeLogger } from "../../shared/observability/logger.ts";
import { followKeyFile, type LookupKeys } from "../../shared/personal-data/key-file.ts";
import { makePersonLookup, type PersonLookup } from "../../shared/personal-data/person-lookup.ts";
import { makeWorkerIds, type WorkerIds } from "../../shared/personal-data/worker-ids.ts";
import { makeReferenceStore, type ReferenceStore } from "../../shared/store/catalogue/reference-store.ts";
import { connectDatabase, type Database } from "../../shared/store/kit/database.ts";
import { SUMMARY_SHARDS } from "../../shared/store/kit/keys.ts";
import { type CaseKeyMemory, makeCaseKeyMemory } from "../../shared/store/registry/case-key-memory.ts";
import { makeIsStated } from "../../shared/store/registry/institution-store.ts";
import { makeWebhookSecrets, type WebhookSecrets } from "../../shared/webhooks/webhook-secrets.ts";
import type { ApiAccess } from "./api-handler.ts";
import { makeCheckInstitution } from "./check-institution.ts";
import { makeHashContent } from "./hash-content.ts";
import { makeRateLimit } from "./rate-limit.ts";

/** Everything an operation may lean on; each takes only what it uses. */
export interface Services {
  readonly db: Database;
  readonly references: ReferenceStore;
  readonly caseKeys: CaseKeyMemory;
  readonly personLookup: PersonLookup;
  readonly workerIds: WorkerIds;
  /** Where the keys are that open what names a person, for the few functions that may. */
  readonly personalData: PersonalDataConfig;
  readonly logger: Logger;
  readonly access: ApiAccess;
  readonly lookupsPerHour: number;
  /** How many lines of a visit may be unsettled. */
  readonly maxLinesOfBill: number;
  readonly files: FileStore;
  readonly now: () => Instant;
  /** A new id with its prefix, of 100 random bits. */
  readonly newId: (prefix: IdPrefix) => string;
  readonly pickShard: () => number;
  /** 32 random bytes in base64url. */
  readonly newSecret: () => string;
  readonly webhookSecrets: WebhookSecrets;
  /** Whether webhooks may call this very machine, as only a service on one machine may. */
  readonly allowLocalWebhooks: boolean;
}

const SECRET_BYTES = 32;

interface ServiceKeys {
  readonly lookup: LookupKeys | undefined;
  readonly messages: string | undefined;
  readonly webhooks: string | undefined;
}

/** The keys as they are at each moment. */
const keysOf = ({ personalData }: Config): (() => ServiceKeys) =>
  personalData.kind === "FILE" ? followKeyFile(personalData.path) : () => personalData;

/** The services of one function, from its environment. */
export function makeServices(config: Config = readConfig(process.env)): Services {
  const db = connectDatabase(config);
  const keys = keysOf(config);
  return {
    db,
    references: makeReferenceStore(db),
    caseKeys: makeCaseKeyMemory(),
    personLookup: makePersonLookup(() => keys().lookup),
    workerIds: makeWorkerIds(() => keys().messages),
    personalData: config.personalData,
    files: makeFileStore(config.files),
    logger: makeLogger(config.logLevel, (line) => process.stdout.write(`${line}\n`)),
    access: {
      claimNames: config.claimNames,
      checkInstitution: makeCheckInstitution({ isStated: makeIsStated(db), agencyCodes: config.agencyCodes }),
      takeRequest: makeRateLimit(config.rateLimit, () => performance.now()),
      hashContent: makeHashContent(() => keys().messages),
    },
    lookupsPerHour: config.lookupsPerHour,
    maxLinesOfBill: MAX_LINES_OF_BILL,
    now: () => instantOf(Date.now()),
    newId: (prefix) => idOf(prefix, randomBytes(ID_CHANCES)),
    pickShard: () => randomInt(SUMMARY_SHARDS),
    newSecret: () => randomBytes(SECRET_BYTES).toString("base64url"),
    webhookSecrets: makeWebhookSecrets(() => keys().webhooks),
    allowLocalWebhooks: config.webhooksAllowHttp === "local",
  };
}
