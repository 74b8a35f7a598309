import { CfnOutput, Duration, Stack, type StackProps } from "aws-cdk-lib";
import { Rule, RuleTargetInput, Schedule } from "aws-cdk-lib/aws-events";
import { LambdaFunction } from "aws-cdk-lib/aws-events-targets";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { SqsDestination } from "aws-cdk-lib/aws-lambda-destinations";
import { SqsEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import { CfnPipe } from "aws-cdk-lib/aws-pipes";
import { Queue } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";
import { followedEvents } from "../../../functions/settlements/followed-events.ts";
import { acknowledge } from "../constructs/acknowledge.ts";
import { ServiceFunction } from "../constructs/service-function.ts";
import { tableEnvironment } from "../constructs/table-environment.ts";
import { grantStreamReading, grantTableAccess } from "../grants.ts";
import { type JobName, type JobProfile, jobs } from "../jobs.ts";
import { grantPersonalData, hasCommonJs, hasKeys, personalDataEnvironment } from "../personal-data.ts";
import type { StageSettings } from "../stages.ts";
import type { TableAccess, TableName } from "../table-access.ts";
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
  /** Cases and claims that the job could not bring up to date. */
  readonly unfinished: Queue;
  /** Events that webhooks could not be told of. */
  readonly untold: Queue;

  constructor(scope: Construct, id: string, props: JobsStackProps) {
    super(scope, id, props);
    const settleDeferred = makeJob(this, "follow-case-decision", props);
    const deliverWebhooks = makeJob(this, "deliver-webhooks", props);
    const raiseOverdue = makeJob(this, "raise-overdue-claims", props);
    this.functions = new Map([
      ["follow-case-decision", settleDeferred],
      ["deliver-webhooks", deliverWebhooks],
      ["raise-overdue-claims", raiseOverdue],
      ["rotate-keys", makeKeyRotation(this, props)],
      ["seal-audit-trail", sealEachMinute(this, props)],
    ]);
    this.undelivered = makeQueue(this, "Undelivered", { retentionPeriod: Duration.days(KEPT_DAYS) });
    acknowledge(
      this.undelivered,
      "AwsSolutions-SQS3",
      "It is itself where the pipe and the daily rule put what they could not deliver; an alarm tells of the first message.",
    );
    this.unfinished = makeQueue(this, "Unfinished", { retentionPeriod: Duration.days(KEPT_DAYS) });
    const cases = makeQueue(this, "Cases", {
      visibilityTimeout: Duration.minutes(6 * jobs["follow-case-decision"].timeoutMinutes),
      retentionPeriod: Duration.days(KEPT_DAYS),
      deadLetterQueue: { queue: this.unfinished, maxReceiveCount: MAX_RECEIVES },
    });
    settleDeferred.function.addEventSource(
      new SqsEventSource(cases, { batchSize: 10, maxConcurrency: 20, reportBatchItemFailures: true }),
    );
    this.untold = makeQueue(this, "Untold", { retentionPeriod: Duration.days(KEPT_DAYS) });
    const told = makeQueue(this, "Told", {
      visibilityTimeout: Duration.minutes(6 * jobs["deliver-webhooks"].timeoutMinutes),
      retentionPeriod: Duration.days(KEPT_DAYS),
      deadLetterQueue: { queue: this.untold, maxReceiveCount: MAX_RECEIVES },
    });
    deliverWebhooks.function.addEventSource(
      new SqsEventSource(told, { batchSize: 10, maxConcurrency: 10, reportBatchItemFailures: true }),
    );
    makePipe(this, "Events", props.data, {
      description: "Events of cases and claims, from the Ledger's stream to the queue of what is followed",
      target: cases,
      undelivered: this.undelivered,
      pattern: followedPattern,
      message:
        '{"type": <$.dynamodb.NewImage.type.S>, "subject": <$.dynamodb.NewImage.subject.S>, ' +
        '"hospitalCode": <$.dynamodb.NewImage.taskHospital.S>}',
    });
    makePipe(this, "Webhooks", props.data, {
      description: "Every event, from the Ledger's stream to the queue of what is told to webhooks",
      target: told,
      undelivered: this.undelivered,
      pattern: eventPattern,
      message: '{"pk": <$.dynamodb.Keys.pk.S>, "sk": <$.dynamodb.Keys.sk.S>}',
    });
    new Rule(this, "EveryMinute", {
      description: "Deliveries to webhooks that failed are tried again when they are due",
      schedule: Schedule.rate(Duration.minutes(1)),
      targets: [
        new LambdaFunction(deliverWebhooks.function, {
          deadLetterQueue: this.undelivered,
          retryAttempts: 0,
          event: RuleTargetInput.fromObject({}),
        }),
      ],
    });
    raiseEachMorning(this, raiseOverdue, this.undelivered);
  }
}

/** A run that fails, or that leaves claims behind, is tried twice more, and then told of. */
function raiseEachMorning(scope: Construct, job: ServiceFunction, undelivered: Queue): void {
  const target = new LambdaFunction(job.function, { deadLetterQueue: undelivered, retryAttempts: 2 });
  new Rule(scope, "EveryDay", {
    description: "Claims past the legal time of their decision are told of each morning (05:00 in Shanghai)",
    schedule: Schedule.cron({ hour: "21", minute: "0" }),
    targets: [target],
  });
  job.function.configureAsyncInvoke({
    retryAttempts: 2,
    maxEventAge: Duration.hours(2),
    onFailure: new SqsDestination(undelivered),
  });
}

/** Whoever starts it by hand (docs/keys.md) needs its name. */
function makeKeyRotation(scope: Construct, props: JobsStackProps): ServiceFunction {
  const job = makeJob(scope, "rotate-keys", props);
  new CfnOutput(scope, "RotateKeysFunction", {
    value: job.function.functionName,
    description: "Started by hand when keys are replaced (docs/keys.md)",
  });
  return job;
}

/** A run that fails is made up for by the next one. */
function sealEachMinute(scope: Construct, props: JobsStackProps): ServiceFunction {
  const job = makeJob(scope, "seal-audit-trail", props);
  const target = new LambdaFunction(job.function, { retryAttempts: 0 });
  new Rule(scope, "Sealing", {
    description: "The audit trail is sealed up to what no entry can be added to any more",
    schedule: Schedule.rate(Duration.minutes(1)),
    targets: [target],
  });
  return job;
}

const accessOf = ({ tables }: JobProfile, table: TableName): readonly TableAccess[] => tables[table] ?? [];

function makeJob(scope: Construct, name: JobName, { stage, data }: JobsStackProps): ServiceFunction {
  const profile: JobProfile = jobs[name];
  const made = new ServiceFunction(scope, name, {
    stage,
    description: profile.purpose,
    entry: `functions/entry/${name}.ts`,
    memoryMegabytes: profile.memoryMegabytes,
    hasCommonJs: hasCommonJs(profile),
    timeout: Duration.minutes(profile.timeoutMinutes),
    environment: {
      ...tableEnvironment(data.tables, profile.tables),
      ...personalDataEnvironment(data, stage, profile),
    },
    ...(hasKeys(profile) ? { environmentKey: data.secretsKey } : {}),
  });
  grantPersonalData(made, data, stage, profile);
  for (const table of ["Registry", "Ledger"] as const) {
    grantTableAccess(made.role, data.tables[table], accessOf(profile, table));
  }
  return made;
}

const makeQueue = (scope: Construct, id: string, props: ConstructorParameters<typeof Queue>[2]): Queue =>
  new Queue(scope, id, { ...props, enforceSSL: true });

interface PipeProps {
  readonly description: string;
  readonly target: Queue;
  readonly undelivered: Queue;
  readonly pattern: object;
  /** What of a record the queue gets. */
  readonly message: string;
}

/** Passes events on, one message each. A record that fails is cut out of its batch and put aside. */
function makePipe(
  scope: Construct,
  id: string,
  { tables: { Ledger: ledger } }: DataStack,
  { description, target, undelivered, pattern, message }: PipeProps,
): void {
  const streamArn = ledger.tableStreamArn;
  if (streamArn === undefined) throw new Error("the Ledger has no stream");
  const role = new Role(scope, `${id}Role`, {
    assumedBy: new ServicePrincipal("pipes.amazonaws.com"),
    description,
  });
  grantStreamReading(role, ledger);
  role.addToPrincipalPolicy(
    new PolicyStatement({ actions: ["sqs:SendMessage"], resources: [target.queueArn, undelivered.queueArn] }),
  );
  const pipe = new CfnPipe(scope, id, {
    description,
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
      filterCriteria: { filters: [{ pattern: JSON.stringify(pattern) }] },
    },
    target: target.queueArn,
    targetParameters: { inputTemplate: message },
  });
  pipe.node.addDependency(role);
}

const isEvent = { pk: { S: [{ prefix: "EVENTS#" }] } };
const eventPattern = { eventName: ["INSERT"], dynamodb: { Keys: isEvent } };
const followedPattern = {
  eventName: ["INSERT"],
  dynamodb: {
    Keys: isEvent,
    NewImage: { type: { S: followedEvents } },
  },
};
