import { Aws, Stack } from "aws-cdk-lib";
import type { Table } from "aws-cdk-lib/aws-dynamodb";
import { type IRole, PolicyStatement, type Role } from "aws-cdk-lib/aws-iam";
import type { IKey } from "aws-cdk-lib/aws-kms";
import { type Bucket, CfnBucket } from "aws-cdk-lib/aws-s3";
import { acknowledge } from "./constructs/acknowledge.ts";
import { mergeAccesses, type TableAccess } from "./table-access.ts";

const writingActions: ReadonlySet<string> = new Set(["PutItem", "UpdateItem", "DeleteItem"]);

const keyActionsToRead = ["kms:Decrypt", "kms:DescribeKey"];
/** Spelled out where the documentation of DynamoDB writes `kms:ReEncrypt*` and `kms:GenerateDataKey*`. */
const keyActionsToWrite = [
  "kms:Encrypt",
  "kms:GenerateDataKey",
  "kms:GenerateDataKeyWithoutPlaintext",
  "kms:ReEncryptFrom",
  "kms:ReEncryptTo",
];

/**
 * Gives a role exactly the listed access to a table, each action in one statement, and the use of the table's key
 * through DynamoDB.
 */
export function grantTableAccess(role: IRole, table: Table, accesses: readonly TableAccess[]): void {
  for (const access of mergeAccesses(accesses)) {
    role.addToPrincipalPolicy(
      new PolicyStatement({
        actions: access.actions.map((action) => `dynamodb:${action}`),
        resources: resourcesOf(table, access),
        ...(access.partitionKeys === undefined
          ? {}
          : { conditions: onlyPartitionKeys(access.partitionKeys) }),
      }),
    );
  }
  if (table.encryptionKey !== undefined && accesses.length > 0) {
    grantKeyThroughDynamo(role, table.encryptionKey, accesses.some(isWriting));
  }
}

/** Lets a role follow what is written to a table. Source: the EventBridge User Guide, "Event source permissions". */
export function grantStreamReading(role: Role, table: Table): void {
  if (table.tableStreamArn === undefined) throw new Error("the table has no stream");
  role.addToPrincipalPolicy(
    new PolicyStatement({
      actions: ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"],
      resources: [table.tableStreamArn],
    }),
  );
  role.addToPrincipalPolicy(new PolicyStatement({ actions: ["dynamodb:ListStreams"], resources: ["*"] }));
  acknowledge(
    role,
    "AwsSolutions-IAM5[Resource::*]",
    "The list of streams is of the whole account: it names no resource. It tells names of streams and nothing of what is in them.",
  );
  if (table.encryptionKey !== undefined) grantKeyThroughDynamo(role, table.encryptionKey, false);
}

/** Lets a role open what Lambda keeps encrypted for it: its own environment. */
export function grantEnvironmentKey(role: IRole, key: IKey): void {
  role.addToPrincipalPolicy(new PolicyStatement({ actions: ["kms:Decrypt"], resources: [key.keyArn] }));
}

/** Where the files of reconciliations are in the bucket of uploads. */
const uploadedFiles = "reconciliations/*";

/**
 * What each needs of the bucket and, through it, of its key. Source:
 * docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html, "Permissions".
 */
const uploadActions = {
  PUT: { object: ["s3:PutObject"], key: ["kms:GenerateDataKey"] },
  READ_AND_REMOVE: { object: ["s3:GetObject", "s3:DeleteObject"], key: ["kms:Decrypt"] },
};

/** Lets a role put uploads into their bucket, which its signed URLs then let others do, or read them there. */
export function grantUploads(role: Role, bucket: Bucket, use: keyof typeof uploadActions): void {
  const { object, key } = uploadActions[use];
  role.addToPrincipalPolicy(
    new PolicyStatement({ actions: object, resources: [bucket.arnForObjects(uploadedFiles)] }),
  );
  if (bucket.encryptionKey === undefined) throw new Error("the bucket has no key of its own");
  role.addToPrincipalPolicy(
    new PolicyStatement({
      actions: key,
      resources: [bucket.encryptionKey.keyArn],
      conditions: { StringEquals: { "kms:ViaService": viaService("s3") } },
    }),
  );
  acknowledge(
    role,
    `AwsSolutions-IAM5[Resource::${nameInFindings(Stack.of(role), bucket)}/${uploadedFiles}]`,
    "Each upload has a key of its own, made when it is asked for: only what they start with can be named.",
  );
}

/** How cdk-nag writes a bucket's ARN: by its logical id in its own stack, by its export in another. */
function nameInFindings(stack: Stack, bucket: Bucket): string {
  const { defaultChild } = bucket.node;
  if (!(defaultChild instanceof CfnBucket)) throw new Error("a bucket is made of a CloudFormation bucket");
  const owner = Stack.of(bucket);
  if (stack === owner) return `<${owner.getLogicalId(defaultChild)}.Arn>`;
  const imported: unknown = stack.resolve(owner.exportValue(bucket.bucketArn));
  return String(Object.values(Object(imported))[0]);
}

function resourcesOf(table: Table, access: TableAccess): string[] {
  if (access.indexes === undefined) return [table.tableArn];
  return access.indexes.map((index) => `${table.tableArn}/index/${index.name}`);
}

/** `ForAllValues` is true of a request without any key, so the key must be there as well. */
function onlyPartitionKeys(partitionKeys: readonly string[]): Record<string, Record<string, unknown>> {
  return {
    "ForAllValues:StringLike": { "dynamodb:LeadingKeys": [...partitionKeys] },
    Null: { "dynamodb:LeadingKeys": "false" },
  };
}

const isWriting = (access: TableAccess): boolean =>
  access.actions.some((action) => writingActions.has(action));

/**
 * Services name themselves in this condition by their address. In China its ending is not the same for every service,
 * so both are allowed; elsewhere the two are one.
 */
const viaService = (service: string): readonly string[] => [
  `${service}.${Aws.REGION}.amazonaws.com`,
  `${service}.${Aws.REGION}.${Aws.URL_SUFFIX}`,
];

function grantKeyThroughDynamo(role: IRole, key: IKey, writes: boolean): void {
  role.addToPrincipalPolicy(
    new PolicyStatement({
      actions: writes ? [...keyActionsToRead, ...keyActionsToWrite] : keyActionsToRead,
      resources: [key.keyArn],
      conditions: {
        StringEquals: { "kms:ViaService": viaService("dynamodb") },
      },
    }),
  );
}
