import { Match } from "aws-cdk-lib/assertions";
import { describe, expect, it } from "vitest";
import { allStatements, statementsOf, statementsWith, tableActions } from "./policies.ts";
import { resourcesOf, stagesUnderTest, synthesise } from "./synthesise.ts";

describe.each(stagesUnderTest)("the files of stage %s", (name) => {
  const synthesised = synthesise(name);
  const { files, api } = synthesised.templates;

  it("are encrypted, under a key of their own, nobody's but the service's, reached over TLS only and gone after a day", () => {
    files.resourceCountIs("AWS::S3::Bucket", 1);
    files.hasResourceProperties("AWS::S3::Bucket", {
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          {
            BucketKeyEnabled: true,
            ServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms", KMSMasterKeyID: Match.anyValue() },
          },
        ],
      },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      OwnershipControls: { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" }] },
      LifecycleConfiguration: { Rules: [Match.objectLike({ ExpirationInDays: 1, Status: "Enabled" })] },
      NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
    });
    files.hasResourceProperties("AWS::S3::BucketPolicy", {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": "false" } } }),
        ]),
      },
    });
  });

  it("are reached by no TLS older than 1.2", () => {
    files.hasResourceProperties("AWS::S3::BucketPolicy", {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Effect: "Deny", Condition: { NumericLessThan: { "s3:TlsVersion": 1.2 } } }),
        ]),
      },
    });
  });

  it("start the comparison, and what does not end is put aside where an alarm looks", () => {
    files.hasResourceProperties("AWS::Events::Rule", {
      EventPattern: Match.objectLike({ source: ["aws.s3"], "detail-type": ["Object Created"] }),
      Targets: [Match.objectLike({ DeadLetterConfig: Match.anyValue() })],
    });
    files.hasResourceProperties("AWS::Lambda::EventInvokeConfig", {
      MaximumRetryAttempts: 2,
      DestinationConfig: { OnFailure: Match.anyValue() },
    });
    files.hasResourceProperties("AWS::Lambda::Function", {
      Timeout: 900,
      EphemeralStorage: { Size: 2_048 },
      Environment: { Variables: Match.objectLike({ FILES_BUCKET_URL: Match.anyValue() }) },
    });
  });

  it("can be opened by the comparison alone: whoever puts them can only seal", () => {
    const [keyId = ""] = [...resourcesOf(files, "AWS::KMS::Key").keys()];
    expect(resourcesOf(files, "AWS::KMS::Key").size).toBe(1);
    const uses = allStatements(synthesised)
      .filter(({ Resource }) => JSON.stringify(Resource).includes(keyId))
      .map(({ of, Action, Condition }) => [of, Action, JSON.stringify(Condition).includes("s3.")]);
    expect(uses).toEqual(
      expect.arrayContaining([
        ["Hospital", ["kms:GenerateDataKey"], true],
        ["CompareReconciliation", ["kms:Decrypt"], true],
      ]),
    );
    expect(uses).toHaveLength(2);
  });

  it("no function but ours is made for them", () => {
    expect(resourcesOf(files, "AWS::Lambda::Function").size).toBe(1);
  });

  it("are put by the hospital's function, read and removed by the comparison, and nothing else is done with them", () => {
    const hospital = statementsOf(api, "hospital").flatMap(({ Action }) => Action);
    expect(hospital.filter((action) => action.startsWith("s3:"))).toEqual(["s3:PutObject"]);
    for (const audience of ["enterprise", "finance", "agency", "auditor", "public"] as const) {
      const actions = statementsOf(api, audience).flatMap(({ Action }) => Action);
      expect(actions.filter((action) => action.startsWith("s3:"))).toEqual([]);
    }
    const comparison = allStatements(synthesised).filter(({ of }) => of === "CompareReconciliation");
    const actions = comparison.flatMap(({ Action }) => Action);
    expect(actions.filter((action) => action.startsWith("s3:"))).toEqual(["s3:DeleteObject", "s3:GetObject"]);
    expect(tableActions(comparison, "Registry")).toEqual([]);
    expect(tableActions(statementsWith(statementsOf(api, "hospital"), "s3:PutObject"), "Ledger")).toEqual([]);
  });
});
