import * as z from "zod";
import { CONSOLE_ORIGIN_RULE, isConsoleOrigin } from "../console-access.ts";

/** Requests a second that API Gateway lets through, and how many may arrive at once. */
const Throttle = z.strictObject({
  ratePerSecond: z.number().int().positive(),
  burst: z.number().int().positive(),
});
export type Throttle = z.infer<typeof Throttle>;

/** The retentions that CloudWatch Logs knows, in days. */
const retentionsInDays = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

/** Network logs are kept for at least six months in China (Cybersecurity Law, 网络安全法). */
const leastRetentionInChinaDays = 180;

/** Not `ERROR`: an alarm hangs on a line of the log that is a warning. */
export const logLevels = ["DEBUG", "INFO", "WARN"] as const;

const chinaRegion = /^cn-/;

/** Its name promises that the data stays in China. */
const chinaStage = "cn";

const StageShape = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9-]{0,15}$/),
  region: z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, "is not the name of a region"),
  /** China may get a runtime later than other regions: then `--context runtime=nodejs22.x`. */
  runtime: z.enum(["nodejs24.x", "nodejs22.x"]),
  /** As with the runtime: `--context architecture=x86_64` where Lambda has no arm64. The bundle runs on both. */
  architecture: z.enum(["arm64", "x86_64"]),
  /** Any OpenID Connect provider; its tokens carry the claims `role` and `institution`. */
  oidc: z.strictObject({
    issuer: z.url({ protocol: /^https$/, error: "is not an https address" }),
    audiences: z.array(z.string().min(1)).min(1),
    /** What it calls the claims of a caller's role and institution; HTTP APIs pass on only those of the first level. */
    roleClaim: z.string().min(1).default("role"),
    institutionClaim: z.string().min(1).default("institution"),
  }),
  /** The district's agency and its offices, as the issuer's tokens name them: whose people are agency, finance, auditors. */
  agencyCodes: z.array(z.string().regex(/^[A-Za-z0-9_.:-]{1,64}$/, "is not an institution's code")).min(1),
  logRetentionDays: z.literal(retentionsInDays),
  logLevel: z.enum(logLevels),
  throttle: z.strictObject({
    /** For every route by itself, unless `routes` says otherwise. */
    each: Throttle,
    /** By operation: those that could be used to try out ID numbers, and those that write a great deal. */
    routes: z.record(z.string(), Throttle),
  }),
  /**
   * What one institution may call of each instance of a function, which takes one request at a time, and how many people
   * a hospital may look up.
   */
  perInstitution: z.strictObject({ ...Throttle.shape, lookupsPerHour: z.coerce.number().int().positive() }),
  /** While the lookup key is being replaced: functions get the one before it as well. */
  isReplacingLookupKey: z.boolean().default(false),
  /** Counted up when everybody is to be sealed anew under the key of personal data. */
  personalDataKeyGeneration: z
    .string()
    .regex(/^\d{1,9}$/, "is not a whole number")
    .optional(),
  /** Keys that the key of personal data replaces, until nothing is sealed under them any more. */
  personalDataKeyArnsBefore: z
    .array(
      z.string().regex(/^arn:aws(-cn)?:kms:[a-z0-9-]+:\d{12}:key\/[A-Za-z0-9-]+$/, "is not the ARN of a key"),
    )
    .default([]),
  alarmEmail: z.email().optional(),
  /** Of the console's page, the only one that may call; without it none may. */
  consoleOrigin: z.string().refine(isConsoleOrigin, CONSOLE_ORIGIN_RULE).optional(),
  /** X-Ray. */
  tracing: z.boolean(),
  /**
   * What happens to the Registry, the logs and the lookup key when their stack is deleted. The Ledger has no choice:
   * it is always kept.
   */
  removal: z.enum(["retain", "destroy"]),
});

/** Everything in which one deployment differs from another. */
export const StageSettings = StageShape.superRefine((stage, context) => {
  const { perInstitution, throttle } = stage;
  if (
    perInstitution.ratePerSecond >= throttle.each.ratePerSecond ||
    perInstitution.burst >= throttle.each.burst
  ) {
    context.addIssue({
      code: "custom",
      path: ["perInstitution"],
      message: "is no limit: the throttle of the route, which stands before it, lets no more through",
    });
  }
  if (!isInChina(stage)) {
    if (stage.name === chinaStage)
      context.addIssue({
        code: "custom",
        path: ["region"],
        message: "stage cn is for the regions of China (cn-north-1, cn-northwest-1): its data stays there",
      });
    return;
  }
  if (stage.tracing) {
    context.addIssue({ code: "custom", path: ["tracing"], message: "Lambda has no X-Ray in China" });
  }
  if (stage.logRetentionDays < leastRetentionInChinaDays) {
    context.addIssue({
      code: "custom",
      path: ["logRetentionDays"],
      message: `logs are kept for at least ${leastRetentionInChinaDays} days in China`,
    });
  }
});
export type StageSettings = z.infer<typeof StageSettings>;

export const isInChina = (stage: { readonly region: string }): boolean => chinaRegion.test(stage.region);

/** A name that stands for nobody (RFC 2606): good enough to look at a template, not to deploy one. */
const placeholderIssuer = "https://identity.example/";

export const hasPlaceholderIssuer = (stage: StageSettings): boolean =>
  stage.oidc.issuer === placeholderIssuer;

/** No agency has it: with it, nobody of an agency is let in. */
const placeholderAgency = "A000000";

export const hasPlaceholderAgency = (stage: StageSettings): boolean =>
  stage.agencyCodes.includes(placeholderAgency);

type Example = Omit<z.input<typeof StageShape>, "name">;

const dev: Example = {
  region: "eu-central-1",
  runtime: "nodejs24.x",
  architecture: "arm64",
  oidc: { issuer: placeholderIssuer, audiences: ["work-injury-settlement"] },
  agencyCodes: [placeholderAgency],
  logRetentionDays: 14,
  logLevel: "DEBUG",
  throttle: {
    each: { ratePerSecond: 50, burst: 100 },
    routes: {
      "check-eligibility": { ratePerSecond: 10, burst: 20 },
      "find-visits": { ratePerSecond: 10, burst: 20 },
      "import-catalogue": { ratePerSecond: 1, burst: 2 },
    },
  },
  perInstitution: { ratePerSecond: 20, burst: 40, lookupsPerHour: 600 },
  tracing: true,
  removal: "destroy",
};

const prod: Example = {
  ...dev,
  logRetentionDays: 365,
  logLevel: "INFO",
  throttle: {
    each: { ratePerSecond: 1000, burst: 2000 },
    routes: {
      "check-eligibility": { ratePerSecond: 200, burst: 400 },
      "find-visits": { ratePerSecond: 200, burst: 400 },
      "import-catalogue": { ratePerSecond: 2, burst: 5 },
    },
  },
  removal: "retain",
};

const cn: Example = { ...prod, region: "cn-north-1", tracing: false };

const examples: ReadonlyMap<string, Example> = new Map(Object.entries({ dev, prod, cn }));

export const stageNames: readonly string[] = [...examples.keys()];

/** What `--context` or the environment may change, without a change of this file. */
export interface StageOverrides {
  readonly region?: string | undefined;
  readonly runtime?: string | undefined;
  readonly architecture?: string | undefined;
  readonly issuer?: string | undefined;
  /** Several are separated by commas. */
  readonly audience?: string | undefined;
  readonly roleClaim?: string | undefined;
  readonly institutionClaim?: string | undefined;
  /** Several are separated by commas. */
  readonly agencyCodes?: string | undefined;
  /** How many people one hospital may look up in an hour. */
  readonly lookupsPerHour?: string | undefined;
  readonly alarmEmail?: string | undefined;
  readonly consoleOrigin?: string | undefined;
  /** `true` while the lookup key is being replaced. */
  readonly replacingLookupKey?: string | undefined;
  readonly personalDataKeyGeneration?: string | undefined;
  /** Several are separated by commas. */
  readonly personalDataKeyArnsBefore?: string | undefined;
}

/** The settings of a stage; throws with the known names, or with every setting that does not hold. */
export function getStage(name: string, overrides: StageOverrides = {}): StageSettings {
  const example = examples.get(name);
  if (example === undefined) {
    throw new Error(`there is no stage "${name}"; the stages are ${stageNames.join(", ")}`);
  }
  const parsed = StageSettings.safeParse({
    ...example,
    name,
    isReplacingLookupKey: overrides.replacingLookupKey === "true",
    agencyCodes: splitList(overrides.agencyCodes) ?? example.agencyCodes,
    personalDataKeyArnsBefore: splitList(overrides.personalDataKeyArnsBefore) ?? [],
    ...givenOnly({
      region: overrides.region,
      runtime: overrides.runtime,
      architecture: overrides.architecture,
      alarmEmail: overrides.alarmEmail,
      consoleOrigin: overrides.consoleOrigin,
      personalDataKeyGeneration: overrides.personalDataKeyGeneration,
    }),
    perInstitution: {
      ...example.perInstitution,
      ...givenOnly({ lookupsPerHour: overrides.lookupsPerHour }),
    },
    oidc: {
      ...givenOnly({ roleClaim: overrides.roleClaim, institutionClaim: overrides.institutionClaim }),
      issuer: overrides.issuer ?? example.oidc.issuer,
      audiences: splitList(overrides.audience) ?? example.oidc.audiences,
    },
  });
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
    throw new Error(`stage "${name}": ${faults.join("; ")}`);
  }
  return parsed.data;
}

const splitList = (text: string | undefined): string[] | undefined =>
  text?.split(",").map((each) => each.trim());

function givenOnly(values: Record<string, string | undefined>): Record<string, string> {
  const given: Record<string, string> = {};
  for (const [key, value] of Object.entries(values)) {
    if (value !== undefined) given[key] = value;
  }
  return given;
}
