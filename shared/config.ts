import * as z from "zod/mini";
import type { ClaimNames } from "./http/caller.ts";

const UrlText = z.string().check(z.refine((text) => URL.canParse(text)));
const numberOf = (...checks: readonly z.core.$ZodCheck<number>[]) =>
  z.pipe(z.pipe(z.string(), z.transform(Number)), z.number().check(...checks));

/** What a function reads from its environment; parsed once, at start. */
const environment = z.object({
  REGISTRY_TABLE: z._default(z.string(), "Registry"),
  LEDGER_TABLE: z._default(z.string(), "Ledger"),
  /** Another engine than DynamoDB itself: the embedded one, or DynamoDB Local. */
  DYNAMODB_ENDPOINT: z.optional(UrlText),
  /** Key of the hash under which ID and card numbers are looked up; only functions that look people up have it. */
  LOOKUP_KEY: z.optional(z.string().check(z.minLength(32))),
  /** The key that LOOKUP_KEY replaces, until everybody is stored under the new one. */
  LOOKUP_KEY_BEFORE: z.optional(z.string().check(z.minLength(32))),
  /** Key of the hash of every message's content; it is never replaced, because repeats are known by it. */
  MESSAGE_KEY: z.optional(z.string().check(z.minLength(32))),
  /** Key under which the secrets of webhooks are sealed. */
  WEBHOOK_KEY: z.optional(z.string().check(z.minLength(32))),
  /** Key of KMS under which names and numbers are sealed, and the keys that it replaces, separated by commas. */
  PERSONAL_DATA_KEY_ARN: z.optional(z.string()),
  PERSONAL_DATA_KEY_ARNS_BEFORE: z.optional(z.string()),
  /** Counted up when everybody is to be sealed anew under the same key, such as after its material was rotated. */
  PERSONAL_DATA_KEY_GENERATION: z.optional(z.string().check(z.regex(/^\d{1,9}$/))),
  /** On one machine: the file that holds all of these keys. */
  PERSONAL_DATA_KEYS_FILE: z.optional(z.string()),
  /** Where uploaded files are: a bucket's address, or a folder with the address and the key of its upload URLs. */
  FILES_BUCKET_URL: z.optional(UrlText),
  FILES_DIR: z.optional(z.string()),
  FILES_URL: z.optional(UrlText),
  FILES_KEY: z.optional(z.string().check(z.minLength(32))),
  /** What signs a bucket's URLs: Lambda puts the credentials of a function's role here. */
  AWS_REGION: z.optional(z.string()),
  AWS_ACCESS_KEY_ID: z.optional(z.string()),
  AWS_SECRET_ACCESS_KEY: z.optional(z.string()),
  AWS_SESSION_TOKEN: z.optional(z.string()),
  /** `local` lets webhooks call this very machine, also over plain http: for demos and tests, never where others are. */
  WEBHOOKS_ALLOW_HTTP: z.optional(z.literal("local")),
  /** What the issuer calls the claims that name a caller's role and institution. */
  ROLE_CLAIM: z._default(z.string().check(z.minLength(1)), "role"),
  INSTITUTION_CLAIM: z._default(z.string().check(z.minLength(1)), "institution"),
  /** Whose people may call as agency, finance or auditors: the codes of the district's agency and its offices, by commas. */
  AGENCY_CODES: z.optional(z.string().check(z.regex(/^[A-Za-z0-9_.:-]{1,64}(,[A-Za-z0-9_.:-]{1,64})*$/))),
  /** Requests of one institution, by each process; the defaults let a busy hospital's system through. */
  RATE_PER_SECOND: z._default(numberOf(z.positive()), 1_000),
  RATE_BURST: z._default(numberOf(z.gte(1)), 2_000),
  /** How many people one hospital may look up in an hour. */
  LOOKUPS_PER_HOUR: z._default(numberOf(z.gte(1)), 600),
  LOG_LEVEL: z._default(z.enum(["DEBUG", "INFO", "WARN", "ERROR"]), "INFO"),
});

/** A bucket of S3, with what signs its URLs. */
export interface BucketConfig {
  readonly kind: "BUCKET";
  readonly url: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string | undefined;
}

/** A folder of this machine; its upload URLs start with `url` and are signed with `key`, its files sealed with a key file. */
export interface FolderConfig {
  readonly kind: "FOLDER";
  readonly directory: string;
  readonly url: string;
  readonly key: string;
  readonly keysFile: string;
}

export type FilesConfig = BucketConfig | FolderConfig;

function filesOf(env: z.output<typeof environment>): FilesConfig | undefined {
  const { FILES_DIR: directory, FILES_URL: folderUrl, FILES_KEY: key, FILES_BUCKET_URL: url } = env;
  const { PERSONAL_DATA_KEYS_FILE: keysFile } = env;
  if (directory !== undefined && folderUrl !== undefined && key !== undefined && keysFile !== undefined)
    return { kind: "FOLDER", directory, url: folderUrl, key, keysFile };
  const { AWS_REGION: region, AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = env;
  if (url === undefined || region === undefined || accessKeyId === undefined || secretAccessKey === undefined)
    return undefined;
  return { kind: "BUCKET", url, region, accessKeyId, secretAccessKey, sessionToken: env.AWS_SESSION_TOKEN };
}

/** Where the keys of personal data are; a file is read again whenever it was replaced. */
export type PersonalDataConfig =
  | { readonly kind: "FILE"; readonly path: string }
  | {
      readonly kind: "KEYS";
      readonly lookup: { readonly current: string; readonly before: string | undefined } | undefined;
      readonly messages: string | undefined;
      readonly webhooks: string | undefined;
      readonly keyArn: string | undefined;
      readonly keyArnsBefore: readonly string[];
      readonly keyGeneration?: string | undefined;
    };

function personalDataOf(env: z.output<typeof environment>): PersonalDataConfig {
  const { LOOKUP_KEY: current, LOOKUP_KEY_BEFORE: before, PERSONAL_DATA_KEYS_FILE: path } = env;
  if (path !== undefined) return { kind: "FILE", path };
  return {
    kind: "KEYS",
    lookup: current === undefined ? undefined : { current, before },
    messages: env.MESSAGE_KEY,
    webhooks: env.WEBHOOK_KEY,
    keyArn: env.PERSONAL_DATA_KEY_ARN,
    keyArnsBefore: env.PERSONAL_DATA_KEY_ARNS_BEFORE?.split(",") ?? [],
    keyGeneration: env.PERSONAL_DATA_KEY_GENERATION,
  };
}

export interface Config {
  readonly registryTable: string;
  readonly ledgerTable: string;
  readonly dynamodbEndpoint: string | undefined;
  readonly personalData: PersonalDataConfig;
  readonly claimNames: ClaimNames;
  /** Empty for functions that serve none of the agency's people: none is let in. */
  readonly agencyCodes: readonly string[];
  readonly rateLimit: { readonly perSecond: number; readonly burst: number };
  readonly lookupsPerHour: number;
  /** Undefined for functions that handle no files. */
  readonly files?: FilesConfig | undefined;
  readonly webhooksAllowHttp: "local" | undefined;
  readonly logLevel: "DEBUG" | "INFO" | "WARN" | "ERROR";
}

/** Reads the configuration; throws with the names of every variable that is missing or malformed. */
export function readConfig(env: Record<string, string | undefined>): Config {
  const parsed = environment.safeParse(env);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
    throw new Error(`configuration: ${faults.join("; ")}`);
  }
  return {
    registryTable: parsed.data.REGISTRY_TABLE,
    ledgerTable: parsed.data.LEDGER_TABLE,
    dynamodbEndpoint: parsed.data.DYNAMODB_ENDPOINT,
    personalData: personalDataOf(parsed.data),
    claimNames: { role: parsed.data.ROLE_CLAIM, institution: parsed.data.INSTITUTION_CLAIM },
    agencyCodes: parsed.data.AGENCY_CODES?.split(",") ?? [],
    rateLimit: { perSecond: parsed.data.RATE_PER_SECOND, burst: parsed.data.RATE_BURST },
    lookupsPerHour: parsed.data.LOOKUPS_PER_HOUR,
    files: filesOf(parsed.data),
    webhooksAllowHttp: parsed.data.WEBHOOKS_ALLOW_HTTP,
    logLevel: parsed.data.LOG_LEVEL,
  };
}
