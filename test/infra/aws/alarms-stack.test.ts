import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { operations } from "../../../functions/contract/operations.ts";
import { runbookEntries } from "../../../infra/aws/constructs/service-alarm.ts";
import { logLevels } from "../../../infra/aws/stages.ts";
import { logCodes, makeLogger } from "../../../shared/observability/logger.ts";
import { resourcesOf, stagesUnderTest, synthesise } from "./synthesise.ts";

const AlarmProperties = z.looseObject({
  AlarmDescription: z.string(),
  TreatMissingData: z.string(),
  AlarmActions: z.array(z.unknown()).optional(),
  OKActions: z.array(z.unknown()).optional(),
});

const isLogCode = (code: string): code is keyof typeof logCodes => code in logCodes;
const alarmsOf = (name: string, alarmEmail?: string) =>
  [...resourcesOf(synthesise(name, { alarmEmail }).templates.alarms, "AWS::CloudWatch::Alarm").values()].map(
    (alarm) => AlarmProperties.parse(alarm.Properties),
  );

const entryOf = (description: string): string | undefined =>
  /docs\/runbook\.md#([a-z-]+)$/.exec(description)?.[1];

/** The parts of docs/runbook.md by the address that their heading gets. */
const runbook = new Map(
  readFileSync("docs/runbook.md", "utf8")
    .split(/^## /m)
    .slice(1)
    .map((part) => {
      const [heading = "", ...lines] = part.split("\n");
      return [heading.trim().toLowerCase().replaceAll(" ", "-"), lines.join("\n")];
    }),
);

describe.each(stagesUnderTest)("the alarms of stage %s", (name) => {
  const alarms = alarmsOf(name);

  it("each says what somebody feels and names an entry that the runbook has", () => {
    for (const { AlarmDescription } of alarms) {
      expect(AlarmDescription).toMatch(/^[A-Z].{40,}\. What to do: docs\/runbook\.md#[a-z-]+$/);
      expect([...runbook.keys()]).toContain(entryOf(AlarmDescription));
    }
  });

  it("every entry of an alarm in the runbook has an alarm that leads to it", () => {
    const used = new Set(alarms.map(({ AlarmDescription }) => entryOf(AlarmDescription)));
    expect([...used].toSorted()).toEqual([...runbookEntries].toSorted());
  });

  it("each function is watched for crashes, refused starts and slowness, each table for throttling and faults", () => {
    const served = new Set(operations.map(({ audience }) => audience)).size;
    const counts: Record<string, number> = {};
    for (const { AlarmDescription } of alarms) {
      const entry = entryOf(AlarmDescription) ?? "none";
      counts[entry] = (counts[entry] ?? 0) + 1;
    }
    expect(counts).toEqual({
      "server-errors": 1,
      "refused-tokens": 1,
      "rate-limited": 1,
      "many-look-ups": 1,
      "function-errors": served,
      "function-throttles": served,
      "slow-functions": served,
      "database-throttles": 4,
      "database-errors": 2,
      "transaction-conflicts": 1,
      "undelivered-events": 1,
      "unfinished-cases": 1,
      "untold-events": 1,
      "job-errors": 5,
      "unsealed-trail": 1,
      "unfinished-comparisons": 1,
    });
  });

  it("each that hangs on a line of a function's log hears of it at every level that a stage may have", () => {
    const filters = [...resourcesOf(synthesise(name).templates.alarms, "AWS::Logs::MetricFilter").values()];
    const codes = filters.flatMap(({ Properties }) => {
      const [, code] = /^\{ \$\.code = "([A-Z_]+)" \}$/.exec(String(Properties.FilterPattern)) ?? [];
      return code ?? [];
    });
    // The others count statuses in the gateway's log, which has no level.
    expect(codes).toEqual(["LOOKUPS_EXCEEDED"]);
    for (const level of logLevels) {
      const lines: string[] = [];
      const logger = makeLogger(level, (line) => lines.push(line));
      for (const code of codes.filter(isLogCode)) logger.log(code, {});
      expect(lines, level).toHaveLength(codes.length);
    }
  });

  it("nobody is woken because nobody calls, only when what runs by itself falls silent", () => {
    for (const { AlarmDescription, TreatMissingData } of alarms) {
      const runsByItself = entryOf(AlarmDescription) === "unsealed-trail";
      expect(TreatMissingData).toBe(runsByItself ? "breaching" : "notBreaching");
    }
  });
});

describe("the runbook", () => {
  it.each(runbookEntries)("%s says what users feel, where to look first and how to mend it", (entry) => {
    const text = runbook.get(entry);
    for (const part of ["What users feel", "First look", "Mend"]) expect(text).toContain(`**${part}.**`);
  });
});

describe("the address for alarms", () => {
  it("without one, no topic is made that nobody reads", () => {
    const { alarms } = synthesise("prod").templates;
    expect(resourcesOf(alarms, "AWS::SNS::Topic").size).toBe(0);
  });

  it("with one, it hears of the beginning and of the end of every alarm", () => {
    const { alarms } = synthesise("prod", { alarmEmail: "duty@example.org" }).templates;
    alarms.hasResourceProperties("AWS::SNS::Subscription", {
      Protocol: "email",
      Endpoint: "duty@example.org",
    });
    for (const { AlarmActions, OKActions } of alarmsOf("prod", "duty@example.org")) {
      expect(AlarmActions).toHaveLength(1);
      expect(OKActions).toEqual(AlarmActions);
    }
  });

  it("CloudWatch of the same account may publish to the topic, and nobody without TLS", () => {
    const { alarms } = synthesise("prod", { alarmEmail: "duty@example.org" }).templates;
    const [policy] = resourcesOf(alarms, "AWS::SNS::TopicPolicy").values();
    const text = JSON.stringify(policy?.Properties);
    expect(text).toContain('"Service":"cloudwatch.amazonaws.com"');
    expect(text).toContain('"aws:SecureTransport":"false"');
  });
});
