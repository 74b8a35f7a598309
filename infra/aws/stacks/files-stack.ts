import { Duration, RemovalPolicy, Size, Stack, type StackProps } from "aws-cdk-lib";
import { Rule } from "aws-cdk-lib/aws-events";
import { LambdaFunction } from "aws-cdk-lib/aws-events-targets";
import { Key } from "aws-cdk-lib/aws-kms";
import { SqsDestination } from "aws-cdk-lib/aws-lambda-destinations";
import { BlockPublicAccess, Bucket, BucketEncryption, CfnBucket, ObjectOwnership } from "aws-cdk-lib/aws-s3";
import { Queue } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";
import { acknowledge } from "../constructs/acknowledge.ts";
import { ServiceFunction } from "../constructs/service-function.ts";
import { grantTableAccess, grantUploads } from "../grants.ts";
import { comparisonOfLedger } from "../jobs.ts";
import type { StageSettings } from "../stages.ts";
import type { DataStack } from "./data-stack.ts";

export interface FilesStackProps extends StackProps {
  readonly stage: StageSettings;
  readonly data: DataStack;
}

/** What is judged is removed at once; this takes what never was. Rules of a bucket know no shorter time. */
const EXPIRY_DAYS = 1;
const KEPT_DAYS = 14;
/** A million rows take a fraction of it; what takes longer is a file that should not be. */
const COMPARISON_MINUTES = 15;

/** Files that are too large for a message: their bucket, and the job that each new one starts. */
export class FilesStack extends Stack {
  readonly bucket: Bucket;
  /** Where objects are reached over HTTPS, in either partition. */
  readonly bucketUrl: string;
  readonly comparison: ServiceFunction;
  /** Uploads whose comparison did not end, after its retries. */
  readonly unfinished: Queue;

  constructor(scope: Construct, id: string, props: FilesStackProps) {
    super(scope, id, props);
    this.bucket = makeBucket(this);
    this.bucketUrl = `https://${this.bucket.bucketRegionalDomainName}`;
    this.unfinished = new Queue(this, "Unfinished", {
      retentionPeriod: Duration.days(KEPT_DAYS),
      enforceSSL: true,
    });
    acknowledge(
      this.unfinished,
      "AwsSolutions-SQS3",
      "It is itself where uploads are put that could not be compared; an alarm tells of the first message.",
    );
    this.comparison = makeComparison(this, props, this);
    new Rule(this, "Uploaded", {
      description: "Each uploaded file is compared with the fund's entries of its day",
      eventPattern: {
        source: ["aws.s3"],
        detailType: ["Object Created"],
        detail: {
          bucket: { name: [this.bucket.bucketName] },
          object: { key: [{ prefix: "reconciliations/" }] },
        },
      },
      targets: [
        new LambdaFunction(this.comparison.function, { deadLetterQueue: this.unfinished, retryAttempts: 10 }),
      ],
    });
  }
}

/** Nothing in it is kept: what was compared is in the Ledger, and a hospital can upload again what was not. */
function makeBucket(scope: Construct): Bucket {
  const bucket = new Bucket(scope, "Uploads", {
    // A key of its own: who may read the bucket, and not use the key, reads nothing.
    encryption: BucketEncryption.KMS,
    encryptionKey: new Key(scope, "UploadsKey", {
      description: "Uploaded files of the work-injury settlement service",
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    }),
    bucketKeyEnabled: true,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    removalPolicy: RemovalPolicy.RETAIN,
    lifecycleRules: [
      { expiration: Duration.days(EXPIRY_DAYS), abortIncompleteMultipartUploadAfter: Duration.days(1) },
    ],
  });
  const resource = bucket.node.defaultChild;
  if (!(resource instanceof CfnBucket)) throw new Error("a bucket is made of a CloudFormation bucket");
  // Set here and not by CDK, which would add a function of its own, with wide grants, only to set it.
  resource.notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } };
  acknowledge(
    bucket,
    "AwsSolutions-S1",
    "Every URL that lets anybody upload is given out by an operation that is logged with who asked for it, and every " +
      "file that arrives by the job which reads it; objects are gone once they are judged.",
  );
  return bucket;
}

function makeComparison(
  scope: Construct,
  { stage, data }: FilesStackProps,
  { bucket, bucketUrl, unfinished }: Pick<FilesStack, "bucket" | "bucketUrl" | "unfinished">,
): ServiceFunction {
  const made = new ServiceFunction(scope, "CompareReconciliation", {
    stage,
    description: "Compares a hospital's uploaded day with the fund's entries",
    entry: "functions/entry/compare-reconciliation.ts",
    memoryMegabytes: 1769,
    timeout: Duration.minutes(COMPARISON_MINUTES),
    temporaryStorage: Size.gibibytes(2),
    environment: {
      LEDGER_TABLE: data.tables.Ledger.tableName,
      FILES_BUCKET_URL: bucketUrl,
      // Rows are short-lived: without this, V8 lets them pile up to hundreds of megabytes before it looks.
      NODE_OPTIONS: "--max-semi-space-size=4",
    },
  });
  grantTableAccess(made.role, data.tables.Ledger, comparisonOfLedger);
  grantUploads(made.role, bucket, "READ_AND_REMOVE");
  made.function.configureAsyncInvoke({
    retryAttempts: 2,
    maxEventAge: Duration.hours(2),
    onFailure: new SqsDestination(unfinished),
  });
  return made;
}
