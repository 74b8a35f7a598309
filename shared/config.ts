import * as z from "zod/mini";

/** What a function reads from its environment; parsed once, at start. */
const environment = z.object({
  REGISTRY_TABLE: z._default(z.string(), "Registry"),
  LEDGER_TABLE: z._default(z.string(), "Ledger"),
  /** Another engine than DynamoDB itself: the embedded one, or DynamoDB Local. */
  DYNAMODB_ENDPOINT: z.optional(z.url()),
  /** Key of the hash under which ID and card numbers are looked up; only functions that look people up have it. */
  LOOKUP_KEY: z.optional(z.string().check(z.minLength(32))),
  /** `local` lets webhooks call this very machine, also over plain http: for demos and tests, never where others are. */
  WEBHOOKS_ALLOW_HTTP: z.optional(z.literal("local")),
  LOG_LEVEL: z._default(z.enum(["DEBUG", "INFO", "WARN", "ERROR"]), "INFO"),
});

export interface Config {
  readonly registryTable: string;
  readonly ledgerTable: string;
  readonly dynamodbEndpoint: string | undefined;
  readonly lookupKey: string | undefined;
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
    lookupKey: parsed.data.LOOKUP_KEY,
    webhooksAllowHttp: parsed.data.WEBHOOKS_ALLOW_HTTP,
    logLevel: parsed.data.LOG_LEVEL,
  };
}
