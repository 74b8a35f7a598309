import { SecretValue } from "aws-cdk-lib";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { ServiceFunction } from "./constructs/service-function.ts";
import type { DataStack } from "./stacks/data-stack.ts";
import type { StageSettings } from "./stages.ts";

/** Whose functions take messages, each with a key of its own under which their contents are hashed. */
export type MessageAudience = "hospital" | "enterprise" | "agency";

/** What a function may do with what names a person. */
export interface PersonalDataAccess {
  /** Finds people by ID or card number, and so needs the key under which those are hashed. */
  readonly looksPeopleUp: boolean;
  /** Takes messages of this audience, and so needs the key under which their contents are hashed. */
  readonly takesMessages?: MessageAudience;
  /** Keeps or uses the secrets of webhooks, and so needs the key under which those are sealed. */
  readonly knowsWebhooks?: true;
  /** Seals and opens names and numbers. */
  readonly opensPersonalData?: true;
}

/**
 * The keys that a function gets in its environment. CloudFormation puts the lookup key in when it deploys; neither the
 * template nor the repository has it. While it is replaced, the one before it is there as well (docs/keys.md).
 */
export function personalDataEnvironment(
  data: DataStack,
  stage: StageSettings,
  access: PersonalDataAccess,
): Record<string, string> {
  const { secretArn } = data.lookupKey;
  const before = SecretValue.secretsManager(secretArn, { versionStage: "AWSPREVIOUS" });
  return {
    ...(access.looksPeopleUp ? { LOOKUP_KEY: data.lookupKey.secretValue.unsafeUnwrap() } : {}),
    ...(access.looksPeopleUp && stage.isReplacingLookupKey
      ? { LOOKUP_KEY_BEFORE: before.unsafeUnwrap() }
      : {}),
    ...messageKeyOf(data, access),
    ...(access.knowsWebhooks === true ? { WEBHOOK_KEY: data.webhookKey.secretValue.unsafeUnwrap() } : {}),
    ...(access.opensPersonalData === true ? sealingEnvironment(data, stage) : {}),
  };
}

const messageKeyOf = (data: DataStack, { takesMessages }: PersonalDataAccess): Record<string, string> =>
  takesMessages === undefined
    ? {}
    : { MESSAGE_KEY: data.messageKeys[takesMessages].secretValue.unsafeUnwrap() };

function sealingEnvironment(data: DataStack, stage: StageSettings): Record<string, string> {
  const { personalDataKeyArnsBefore: before, personalDataKeyGeneration: generation } = stage;
  return {
    PERSONAL_DATA_KEY_ARN: data.personalDataKey.keyArn,
    ...(before.length === 0 ? {} : { PERSONAL_DATA_KEY_ARNS_BEFORE: before.join(",") }),
    ...(generation === undefined ? {} : { PERSONAL_DATA_KEY_GENERATION: generation }),
  };
}

/** Whether a function's environment has a key in it, and so is encrypted under one of ours. */
export const hasKeys = ({ looksPeopleUp, takesMessages, knowsWebhooks }: PersonalDataAccess): boolean =>
  looksPeopleUp || takesMessages !== undefined || knowsWebhooks === true;

const onlyPersonalData = { StringEquals: { "kms:EncryptionContext:purpose": "personal-data" } };

/** The AWS Encryption SDK leans on packages that are no ES modules. */
export const hasCommonJs = ({ opensPersonalData }: PersonalDataAccess): boolean => opensPersonalData === true;

/** Lets a function use the key of personal data, for that purpose alone: the cipher names it in each call. */
export function grantPersonalData(
  made: ServiceFunction,
  data: DataStack,
  stage: StageSettings,
  access: PersonalDataAccess,
): void {
  if (access.opensPersonalData !== true) return;
  made.role.addToPrincipalPolicy(
    new PolicyStatement({
      actions: ["kms:GenerateDataKey", "kms:Decrypt"],
      resources: [data.personalDataKey.keyArn],
      conditions: onlyPersonalData,
    }),
  );
  if (stage.personalDataKeyArnsBefore.length === 0) return;
  made.role.addToPrincipalPolicy(
    new PolicyStatement({
      actions: ["kms:Decrypt"],
      resources: [...stage.personalDataKeyArnsBefore],
      conditions: onlyPersonalData,
    }),
  );
}
