import { type App, Stack } from "aws-cdk-lib";
import { Annotations, Match } from "aws-cdk-lib/assertions";
import { Bucket } from "aws-cdk-lib/aws-s3";
import { AwsSolutionsChecks } from "cdk-nag";
import { describe, expect, it } from "vitest";
import type { StageOverrides } from "../../../infra/aws/stages.ts";
import { makeApp, stagesUnderTest, synthesise } from "./synthesise.ts";

const findingsIn = (app: App): readonly string[] =>
  new AwsSolutionsChecks(app)
    .validateScope(app)
    .violations.flatMap(({ ruleName, severity, violatingResources }) =>
      violatingResources.map(({ constructPath }) => `${severity}: ${ruleName} at ${constructPath}`),
    );

describe.each([
  ...stagesUnderTest.map((name) => [name, {}] as const),
  ["prod", { alarmEmail: "duty@example.org" }] as const,
  ["cn", { region: "cn-northwest-1", runtime: "nodejs22.x" }] as const,
])("stage %s with %j", (name, overrides) => {
  const { app, templates, stage } = synthesise(name, overrides);
  const texts = Object.values(templates).map((template) => JSON.stringify(template.toJSON()));

  it("cdk-nag finds nothing that was not accepted with a reason", () => {
    expect(findingsIn(app)).toEqual([]);
  });

  it("no template spells a partition", () => {
    for (const text of texts) expect(text).not.toMatch(/arn:aws/);
  });

  it("no template names an account", () => {
    for (const text of texts) expect(text).not.toMatch(/\b\d{12}\b/);
  });

  it("nothing is used that China does not have", () => {
    for (const text of texts) {
      expect(text).not.toMatch(
        /AWS::Cognito::|AWS::Lambda::Url|AWS::CloudFront::|AWS::DynamoDB::GlobalTable/,
      );
      if (stage.region.startsWith("cn-")) expect(text).not.toMatch(/xray|TracingConfig/i);
    }
  });

  it("stacks that keep data cannot be deleted by mistake", () => {
    for (const { stackName, terminationProtection } of Object.values(synthesise(name, overrides).stacks)) {
      expect([stackName, terminationProtection]).toEqual([stackName, stage.removal === "retain"]);
    }
  });
});

it("a deployment whose alarms nobody hears of is warned of, and one with an address is not", () => {
  const warningsOf = (overrides: StageOverrides) =>
    Annotations.fromStack(synthesise("prod", overrides).stacks.alarms).findWarning(
      "*",
      Match.stringLikeRegexp("Alarms go to nobody.*alarmEmail"),
    );
  expect(warningsOf({})).toHaveLength(1);
  expect(warningsOf({ alarmEmail: "duty@example.org" })).toEqual([]);
});

describe("the check itself", () => {
  it("cdk-nag would tell of a bucket without a log", () => {
    const app = makeApp({ bundles: false });
    new Bucket(new Stack(app, "probe"), "Bucket");
    expect(findingsIn(app).join("\n")).toContain("AwsSolutions-S1");
  });
});
