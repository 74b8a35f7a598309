import { Duration, Stack, type StackProps } from "aws-cdk-lib";
import { type IAlarmAction, MathExpression, type Metric, Stats } from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { FilterPattern, MetricFilter } from "aws-cdk-lib/aws-logs";
import { Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import type { Construct } from "constructs";
import type { Audience } from "../../../functions/kit/operation.ts";
import { tableDefinitions } from "../../../shared/store/kit/table-schema.ts";
import { alarmOnJobs } from "../alarms/job-alarms.ts";
import { alarmOnTable } from "../alarms/table-alarms.ts";
import { ServiceAlarm } from "../constructs/service-alarm.ts";
import { functionTimeout, type ServiceFunction } from "../constructs/service-function.ts";
import type { StageSettings } from "../stages.ts";
import type { ApiStack } from "./api-stack.ts";
import type { DataStack } from "./data-stack.ts";
import type { FilesStack } from "./files-stack.ts";
import type { JobsStack } from "./jobs-stack.ts";

export interface AlarmsStackProps extends StackProps {
  readonly stage: StageSettings;
  readonly data: DataStack;
  readonly api: ApiStack;
  readonly jobs: JobsStack;
  readonly files: FilesStack;
}

const period = Duration.minutes(5);

/** Who is hit when the function of an audience fails. */
const whoIsHit = {
  hospital: "Hospitals cannot admit, post charges or settle over the network; patients wait at the counter",
  enterprise: "Employers do not see the claims of their workers; nobody's bill is touched",
  finance: "Finance does not get its figures; bills are settled all the same",
  agency:
    "What the agency sends (cases, workers, catalogue) does not arrive; hospitals decide by what was known before",
  auditor: "Auditors do not see the audit trail; it is written all the same",
  public: "Health checks and the description of the API fail; the operations themselves may be well",
} as const satisfies Record<Audience, string>;

/** What tells somebody that users feel something. Each alarm names its entry in docs/runbook.md. */
export class AlarmsStack extends Stack {
  constructor(scope: Construct, id: string, props: AlarmsStackProps) {
    super(scope, id, props);
    const actions = notify(this, props.stage);
    alarmOnApi(this, props.api, actions);
    for (const [audience, made] of props.api.functions) alarmOnFunction(this, audience, made, actions);
    alarmOnLookups(this, props.api, actions);
    alarmOnJobs(this, props.jobs, actions);
    alarmOnComparisons(this, props.files, actions);
    for (const definition of tableDefinitions) {
      alarmOnTable(this, definition, props.data.tables[definition.name], actions);
    }
  }
}

/** Without an address the alarms are still seen in CloudWatch, and no topic stands there that nobody reads. */
function notify(stack: Stack, stage: StageSettings): readonly IAlarmAction[] {
  if (stage.alarmEmail === undefined) return [];
  const topic = new Topic(stack, "Topic", { displayName: stack.stackName, enforceSSL: true });
  topic.addSubscription(new EmailSubscription(stage.alarmEmail));
  // A topic with a policy of its own has no other rights than those in it: CloudWatch must be let in.
  topic.addToResourcePolicy(
    new PolicyStatement({
      sid: "AlarmsOfThisAccount",
      actions: ["sns:Publish"],
      principals: [new ServicePrincipal("cloudwatch.amazonaws.com")],
      resources: [topic.topicArn],
      conditions: { StringEquals: { "aws:SourceAccount": stack.account } },
    }),
  );
  return [new SnsAction(topic)];
}

function alarmOnApi(stack: Stack, api: ApiStack, actions: readonly IAlarmAction[]): void {
  const requests = api.httpApi.metricCount({ period });
  new ServiceAlarm(stack, "ServerErrors", {
    entry: "server-errors",
    impact:
      "At least 1 in 100 requests is answered with a fault of ours (5xx): users see errors and try again.",
    metric: percentage(api.httpApi.metricServerError({ period, statistic: Stats.SUM }), requests, 5),
    threshold: 1,
    actions,
  });
  new ServiceAlarm(stack, "RefusedTokens", {
    entry: "refused-tokens",
    impact:
      "At least half of all requests are refused for their token (401): many or all users cannot sign in.",
    metric: percentage(answersWith(stack, api, 401), requests, 20),
    threshold: 50,
    actions,
  });
  new ServiceAlarm(stack, "RateLimited", {
    entry: "rate-limited",
    impact: "Requests are turned away because too many arrive at once (429): users wait and try again.",
    metric: answersWith(stack, api, 429),
    threshold: 20,
    actions,
  });
}

/** HTTP APIs count 4xx answers only all together, so those that mean something of their own are counted in the log. */
function answersWith(stack: Stack, api: ApiStack, status: number): Metric {
  const filter = new MetricFilter(stack, `AnswersWith${status}`, {
    logGroup: api.accessLog,
    filterPattern: FilterPattern.stringValue("$.status", "=", String(status)),
    metricNamespace: api.stackName,
    metricName: `answers-${status}`,
    metricValue: "1",
  });
  return filter.metric({ period, statistic: Stats.SUM });
}

/** The share of `part` in `whole`, as 0 while `part` is below a number that could be chance. */
function percentage(part: Metric, whole: Metric, atLeast: number): MathExpression {
  return new MathExpression({
    expression: `IF(part >= ${atLeast}, 100 * part / whole, 0)`,
    usingMetrics: { part, whole },
    period,
  });
}

function alarmOnFunction(
  stack: Stack,
  audience: Audience,
  made: ServiceFunction,
  actions: readonly IAlarmAction[],
): void {
  const hit = whoIsHit[audience];
  new ServiceAlarm(stack, `${audience}-errors`, {
    entry: "function-errors",
    impact: `The ${audience} function crashed or was stopped. ${hit}.`,
    metric: made.function.metricErrors({ period }),
    threshold: 1,
    actions,
  });
  new ServiceAlarm(stack, `${audience}-throttles`, {
    entry: "function-throttles",
    impact: `Lambda refused to start the ${audience} function. ${hit}.`,
    metric: made.function.metricThrottles({ period }),
    threshold: 1,
    actions,
  });
  new ServiceAlarm(stack, `${audience}-slow`, {
    entry: "slow-functions",
    impact: `The slowest requests to the ${audience} function take nearly as long as they may, and are cut off next. ${hit}.`,
    metric: made.function.metricDuration({ period, statistic: Stats.percentile(99) }),
    threshold: functionTimeout.toMilliseconds() * 0.8,
    actions,
  });
}

/** Somebody may be trying out ID numbers; treatment goes on all the same. */
function alarmOnLookups(stack: Stack, api: ApiStack, actions: readonly IAlarmAction[]): void {
  const logGroup = api.functions.get("hospital")?.logGroup;
  if (logGroup === undefined) return;
  const filter = new MetricFilter(stack, "LookupsExceeded", {
    logGroup,
    filterPattern: FilterPattern.stringValue("$.code", "=", "LOOKUPS_EXCEEDED"),
    metricNamespace: api.stackName,
    metricName: "lookups-exceeded",
    metricValue: "1",
  });
  new ServiceAlarm(stack, "many-lookups", {
    entry: "many-look-ups",
    impact: "A hospital has looked up more people within an hour than it may: it may be fishing for people.",
    metric: filter.metric({ period, statistic: Stats.SUM }),
    threshold: 1,
    actions,
  });
}

function alarmOnComparisons(stack: Stack, files: FilesStack, actions: readonly IAlarmAction[]): void {
  new ServiceAlarm(stack, "UnfinishedComparisons", {
    entry: "unfinished-comparisons",
    impact:
      "An uploaded file was not compared: a hospital's day stays in comparison and cannot be closed that way. Settling is not touched.",
    metric: files.unfinished.metricApproximateNumberOfMessagesVisible({ period, statistic: Stats.MAXIMUM }),
    threshold: 1,
    actions,
  });
}
