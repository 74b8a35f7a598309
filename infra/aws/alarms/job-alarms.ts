import { Duration, type Stack } from "aws-cdk-lib";
import { type IAlarmAction, MathExpression, Stats } from "aws-cdk-lib/aws-cloudwatch";
import { ServiceAlarm } from "../constructs/service-alarm.ts";
import type { JobsStack } from "../stacks/jobs-stack.ts";

const period = Duration.minutes(5);

/** What jobs could not do, and what did not reach them. */
export function alarmOnJobs(stack: Stack, jobs: JobsStack, actions: readonly IAlarmAction[]): void {
  const oldest = { period, statistic: Stats.MAXIMUM };
  new ServiceAlarm(stack, "undelivered-events", {
    entry: "undelivered-events",
    impact: "What happened did not reach the jobs: bills that wait for a decision may go on waiting.",
    metric: jobs.undelivered.metricApproximateNumberOfMessagesVisible(oldest),
    threshold: 1,
    actions,
  });
  new ServiceAlarm(stack, "unfinished-cases", {
    entry: "unfinished-cases",
    impact: "The bills of a decided case could not be brought up to date: hospitals wait for their money.",
    metric: jobs.unfinished.metricApproximateNumberOfMessagesVisible(oldest),
    threshold: 1,
    actions,
  });
  new ServiceAlarm(stack, "untold-events", {
    entry: "untold-events",
    impact: "Webhooks were not told of something that happened; the feeds of events have it.",
    metric: jobs.untold.metricApproximateNumberOfMessagesVisible(oldest),
    threshold: 1,
    actions,
  });
  for (const [name, made] of jobs.functions) {
    new ServiceAlarm(stack, `${name}-errors`, {
      entry: "job-errors",
      impact: `The job ${name} crashed or was stopped; it is tried again, and what waits for a decision comes later.`,
      metric: made.function.metricErrors({ period }),
      threshold: 3,
      actions,
    });
  }
  alarmOnSealing(stack, jobs, actions);
}

/** The job runs each minute; a quarter of an hour without one that ended well is no accident. */
function alarmOnSealing(stack: Stack, jobs: JobsStack, actions: readonly IAlarmAction[]): void {
  const sealing = jobs.functions.get("seal-audit-trail")?.function;
  if (sealing === undefined) throw new Error("the audit trail is sealed by no job");
  const [begun, failed] = [sealing.metricInvocations({ period }), sealing.metricErrors({ period })];
  new ServiceAlarm(stack, "UnsealedTrail", {
    entry: "unsealed-trail",
    impact:
      "The audit trail is not sealed any more: what is altered or removed now would not be found. Users notice nothing.",
    metric: new MathExpression({
      expression: "IF(begun - failed < 1, 1, 0)",
      usingMetrics: { begun, failed },
      period,
    }),
    threshold: 1,
    periods: 3,
    isRaisedBySilence: true,
    actions,
  });
}
