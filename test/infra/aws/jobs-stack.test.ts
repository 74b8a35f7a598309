import { Match } from "aws-cdk-lib/assertions";
import { describe, expect, it } from "vitest";
import { followedEvents } from "../../../functions/settlements/followed-events.ts";
import { day, instantOf } from "../../../shared/domain/dates.ts";
import { orderOf } from "../../../shared/store/events/event-store.ts";
import { eventPartition } from "../../../shared/store/kit/keys.ts";
import { resourcesOf, stagesUnderTest, synthesise } from "./synthesise.ts";

describe.each(stagesUnderTest)("the jobs of stage %s", (name) => {
  const { jobs } = synthesise(name).templates;

  it("are fed by a pipe that passes only the followed events, cuts poison records out and puts them aside", () => {
    const pipes = [...resourcesOf(jobs, "AWS::Pipes::Pipe").values()];
    expect(pipes).toHaveLength(2);
    const pipe = pipes.find(({ Properties }) => JSON.stringify(Properties).includes("CASE_CHANGED"));
    const source = pipe?.Properties.SourceParameters;
    expect(source).toMatchObject({
      DynamoDBStreamParameters: {
        OnPartialBatchItemFailure: "AUTOMATIC_BISECT",
        MaximumRetryAttempts: 50,
        StartingPosition: "TRIM_HORIZON",
      },
    });
    const text = JSON.stringify(source);
    for (const type of followedEvents) expect(text).toContain(type);
    expect(text).toContain("DeadLetterConfig");
    expect(eventPartition(day("2026-03-01"), 1).startsWith("EVENTS#")).toBe(true);
    expect(orderOf({ at: instantOf(0), subject: "V1", sequence: 7 })).toContain("#V1#0000007");
  });

  it("start from a queue that keeps what a job could not finish, and waits for one that is under way", () => {
    jobs.hasResourceProperties("AWS::SQS::Queue", {
      VisibilityTimeout: 1_800,
      RedrivePolicy: Match.objectLike({ maxReceiveCount: 10 }),
    });
    jobs.allResourcesProperties("AWS::Lambda::EventSourceMapping", {
      BatchSize: 10,
      FunctionResponseTypes: ["ReportBatchItemFailures"],
    });
  });

  it("tell of what the daily job could not do in two more tries", () => {
    jobs.hasResourceProperties("AWS::Lambda::EventInvokeConfig", {
      MaximumRetryAttempts: 2,
      DestinationConfig: { OnFailure: { Destination: Match.anyValue() } },
    });
  });

  it("tell of overdue decisions once a day", () => {
    jobs.hasResourceProperties("AWS::Events::Rule", { ScheduleExpression: "cron(0 21 * * ? *)" });
  });

  it("try deliveries again each minute", () => {
    jobs.hasResourceProperties("AWS::Events::Rule", { ScheduleExpression: "rate(1 minute)" });
  });

  it("talk to their queues over TLS only", () => {
    expect(resourcesOf(jobs, "AWS::SQS::QueuePolicy").size).toBe(5);
  });
});
