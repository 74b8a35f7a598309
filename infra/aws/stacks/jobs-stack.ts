import { Duration, Stack, type StackProps } from "aws-cdk-lib";
import { Rule, Schedule } from "aws-cdk-lib/aws-events";
import { LambdaFunction } from "aws-cdk-lib/aws-events-targets";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { SqsEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import { CfnPipe } from "aws-cdk-lib/aws-pipes";
import { Queue } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";
import { followedEvents } from "../../../functions/jobs/case-to-follow.ts";
import { acknowledge } from "../constructs/acknowledge.ts";
import { ServiceFunction } from "../constructs/service-function.ts";
import { tableEnvironment } from "../constructs/table-environment.ts";
import { grantStreamReading, grantTableAccess } from "../grants.ts";
import { type JobName, jobs } from "../jobs.ts";
import type { StageSettings } from "../stages.ts";
import type { DataStack } from "./data-stack.ts";

export interface JobsStackProps extends StackProps {
  readonly stage: StageSettings;
  readonly data: DataStack;
}

/** A case that is looked at so often without an end is a case for a person. */
const MAX_RECEIVES = 10;
const KEPT_DAYS = 14;

/**
 * What happens next is driven by what happened: event items of the Ledger reach a queue through a pipe from the
 * table's stream, and the queue starts the job. What cannot be delivered or done is kept in queues of its own.
 */
export class JobsStack extends Stack {
  readonly functions: ReadonlyMap<JobName, ServiceFunction>;
  /** Events that the pipe could not deliver. */
  readonly undelivered: Queue;
  /** Cases that the job could not finish. */
  readonly unfinished: Queue;

  constructor(scope: Construct, id: string, props: JobsStackProps) {
    super(scope, id, props);
    const settleDeferred = makeJob(this, "settle-deferred", props);
    const raiseOverdue = makeJob(this, "raise-overdue-claims", props);
    this.functions = new Map([
      ["settle-deferred", settleDeferred],
      ["raise-overdue-claims", raiseOverdue],
    ]);
    this.undelivered = makeQueue(this, "Undelivered", { retentionPeriod: Duration.days(KEPT_DAYS) });
    acknowledge(
      this.undelivered,
      "AwsSolutions-SQS3",
      "It is itself where the pipe and the daily rule put what they could not deliver; an alarm tells of the first message.",
    );
    this.unfinished = makeQueue(this, "Unfinished", { retentionPeriod: Duration.days(KEPT_DAYS) });
    const cases = makeQueue(this, "Cases", {
      visibilityTimeout: Duration.minutes(6 * jobs["settle-deferred"].timeoutMinutes),
      retentionPeriod: Duration.days(KEPT_DAYS),
      deadLetterQueue: { queue: this.unfinished, maxReceiveCount: MAX_RECEIVES },
    });
    settleDeferred.function.addEventSource(
      new SqsEventSource(cases, { batchSize: 1, maxConcurrency: 20, reportBatchItemFailures: true }),
    );
    makePipe(this, props.data, { cases, undelivered: this.undelivered });
    new Rule(this, "EveryDay", {
      description:
        "Claims past the legal time of their decision are told of each morning (05:00 in Shanghai)",
      schedule: Schedule.cron({ hour: "21", minute: "0" }),
      targets: [
        new LambdaFunction(raiseOverdue.function, { deadLetterQueue: this.undelivered, retryAttempts: 2 }),
      ],
    });
  }
}

function makeJob(scope: Construct, name: JobName, { stage, data }: JobsStackProps): ServiceFunction {
  const profile = jobs[name];
  const made = new ServiceFunction(scope, name, {
    stage,
    description: profile.purpose,
    entry: `functions/jobs/${name}-handler.ts`,
    memoryMegabytes: profile.memoryMegabytes,
    timeout: Duration.minutes(profile.timeoutMinutes),
    environment: tableEnvironment(data.tables, profile.tables),
  });
  for (const table of ["Registry", "Ledger"] as const) {
    grantTableAccess(made.role, data.tables[table], profile.tables[table]);
  }
  return made;
}

const makeQueue = (scope: Construct, id: string, props: ConstructorParameters<typeof Queue>[2]): Queue =>
  new Queue(scope, id, { ...props, enforceSSL: true });

/** Passes the followed events on, one message each. A record that fails is cut out of its batch and put aside. */
function makePipe(
  scope: Construct,
  { tables: { Ledger: ledger } }: DataStack,
  { cases, undelivered }: { readonly cases: Queue; readonly undelivered: Queue },
): void {
  const streamArn = ledger.tableStreamArn;
  if (streamArn === undefined) throw new Error("the Ledger has no stream");
  const role = new Role(scope, "PipeRole", {
    assumedBy: new ServicePrincipal("pipes.amazonaws.com"),
    description: "Reads events from the Ledger's stream and hands them to the queue of cases",
  });
  grantStreamReading(role, ledger);
  role.addToPrincipalPolicy(
    new PolicyStatement({ actions: ["sqs:SendMessage"], resources: [cases.queueArn, undelivered.queueArn] }),
  );
  const pipe = new CfnPipe(scope, "Events", {
    description: "Events of cases and claims, from the Ledger's stream to the queue of cases",
    roleArn: role.roleArn,
    source: streamArn,
    sourceParameters: {
      dynamoDbStreamParameters: {
        startingPosition: "TRIM_HORIZON",
        batchSize: 10,
        maximumRetryAttempts: 50,
        onPartialBatchItemFailure: "AUTOMATIC_BISECT",
        deadLetterConfig: { arn: undelivered.queueArn },
      },
      filterCriteria: { filters: [{ pattern: JSON.stringify(followedPattern) }] },
    },
    target: cases.queueArn,
    targetParameters: { inputTemplate: '{"caseNo": <$.dynamodb.NewImage.caseNo.S>}' },
  });
  pipe.node.addDependency(role);
}

const followedPattern = {
  eventName: ["INSERT"],
  dynamodb: {
    Keys: { pk: { S: [{ prefix: "EVENTS#" }] } },
    NewImage: { type: { S: followedEvents }, caseNo: { S: [{ exists: true }] } },
  },
};
