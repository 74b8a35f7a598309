import type { Template } from "aws-cdk-lib/assertions";
import { describe, expect, it, test } from "vitest";
import * as z from "zod";
import { allStatements, type Granted } from "./policies.ts";
import { type Resource, resourcesOf, stagesUnderTest, synthesise } from "./synthesise.ts";

/** What the documentation asks for, for each integration that the templates have. */
const documented = {
  streamToPipe: {
    source:
      "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-permissions.html#pipes-perms-ddb",
    actions: [
      "dynamodb:DescribeStream",
      "dynamodb:GetRecords",
      "dynamodb:GetShardIterator",
      "dynamodb:ListStreams",
    ],
  },
  encryptedStreamToPipe: {
    source: "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html",
    actions: ["kms:Decrypt"],
  },
  pipeToQueue: {
    source:
      "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-permissions.html#pipes-perms-enhance-target",
    actions: ["sqs:SendMessage"],
  },
  queueToFunction: {
    source: "https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html",
    actions: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
  },
  functionToItsDestination: {
    source: "https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html",
    actions: ["sqs:SendMessage"],
  },
  functionToItsLog: {
    source: "https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html",
    // Its log group is made beforehand, so it need not make one.
    actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
  },
  functionToTracing: {
    source: "https://docs.aws.amazon.com/lambda/latest/dg/services-xray.html",
    actions: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"],
  },
  functionToItsEnvironment: {
    source: "https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars-encryption.html",
    actions: ["kms:Decrypt"],
  },
  ruleToFunction: {
    source:
      "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-lambda-permissions",
    actions: ["lambda:InvokeFunction"],
  },
  ruleToDeadLetters: {
    source: "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html",
    actions: ["sqs:SendMessage"],
  },
  gatewayToFunction: {
    source:
      "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html",
    actions: ["lambda:InvokeFunction"],
  },
  alarmToTopic: {
    source: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html",
    actions: ["sns:Publish"],
  },
  urlThatUploads: {
    source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/PresignedUrlUploadObject.html",
    actions: ["s3:PutObject"],
  },
  functionThatReadsUploads: {
    source: "https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html#API_GetObject_RequestSyntax",
    actions: ["s3:GetObject"],
  },
} as const;

/** The logical id that a reference in the same template leads to, or what an import is called. */
const idOf = (reference: unknown): string => {
  const { "Fn::GetAtt": attribute, Ref: id, "Fn::ImportValue": exported } = Object(reference);
  return String(Array.isArray(attribute) ? attribute[0] : (id ?? exported));
};

const roleOf = (reference: unknown): string => idOf(reference).replace(/(?:Role)?[0-9A-F]{8}$/, "");

/** What the role with a name may do with resources whose reference names one. */
const allowed = (statements: readonly Granted[], of: string, resource: string): readonly string[] =>
  statements
    .filter((each) => each.of === of)
    .filter(({ Resource: on }) => on.some((one) => one === "*" || JSON.stringify(one).includes(resource)))
    .flatMap(({ Action }) => Action);

const ServiceStatement = z.object({
  Effect: z.string(),
  Action: z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat()),
  Principal: z.unknown(),
  Condition: z.unknown().optional(),
});
const ResourcePolicy = z.object({ PolicyDocument: z.object({ Statement: z.array(ServiceStatement) }) });

/** What a service may do by the policies of resources of a type, where the policy is of a resource with this id. */
const allowedTo = (template: Template, type: string, id: string, service: string): readonly string[] =>
  [...resourcesOf(template, type).values()]
    .filter(({ Properties: { Queues, Topics } }) => JSON.stringify([Queues, Topics]).includes(id))
    .flatMap(({ Properties }) => ResourcePolicy.parse(Properties).PolicyDocument.Statement)
    .filter(({ Effect, Principal }) => Effect === "Allow" && JSON.stringify(Principal).includes(service))
    .flatMap(({ Action }) => Action);

const FUNCTION = "AWS::Lambda::Function";
const PERMISSION = "AWS::Lambda::Permission";
const Targets = z.object({
  Targets: z.array(
    z.object({ Arn: z.unknown(), DeadLetterConfig: z.object({ Arn: z.unknown() }).optional() }),
  ),
});

describe.each(stagesUnderTest)("in stage %s", (name) => {
  const synthesised = synthesise(name, { alarmEmail: "alarms@example.org" });
  const { templates } = synthesised;
  const statements = allStatements(synthesised);
  const all = (type: string): [Template, string, Resource][] =>
    Object.values(templates).flatMap((template) =>
      [...resourcesOf(template, type)].map(([id, resource]): [Template, string, Resource] => [
        template,
        id,
        resource,
      ]),
    );

  it("a pipe may read its encrypted stream, and send to its target and where it puts failures", () => {
    const pipes = all("AWS::Pipes::Pipe");
    expect(pipes).toHaveLength(2);
    for (const [, , { Properties }] of pipes) {
      const role = roleOf(Properties.RoleArn);
      expect(allowed(statements, role, "GetAttLedger")).toEqual(
        expect.arrayContaining([...documented.streamToPipe.actions]),
      );
      expect(allowed(statements, role, "LedgerKey")).toEqual(
        expect.arrayContaining([...documented.encryptedStreamToPipe.actions]),
      );
      const failures = /"Fn::GetAtt":\["(Undelivered\w+)"/.exec(
        JSON.stringify(Properties.SourceParameters),
      )?.[1];
      for (const queue of [idOf(Properties.Target), failures ?? "no dead letters"])
        expect([queue, allowed(statements, role, queue)]).toEqual([
          queue,
          expect.arrayContaining([...documented.pipeToQueue.actions]),
        ]);
    }
  });

  it("a function that a queue starts may take from that queue", () => {
    const mappings = all("AWS::Lambda::EventSourceMapping");
    expect(mappings).toHaveLength(2);
    for (const [, , { Properties }] of mappings) {
      const of = idOf(Properties.FunctionName).replace(/Function[0-9A-F]{8}$/, "");
      expect(allowed(statements, of, idOf(Properties.EventSourceArn))).toEqual(
        expect.arrayContaining([...documented.queueToFunction.actions]),
      );
    }
  });

  it("a function that reports failures to a queue may send to it", () => {
    const reporting = all("AWS::Lambda::EventInvokeConfig");
    expect(reporting).toHaveLength(2);
    for (const [, , { Properties }] of reporting) {
      const of = idOf(Properties.FunctionName).replace(/Function[0-9A-F]{8}$/, "");
      const { OnFailure } = Object(Properties.DestinationConfig);
      expect(allowed(statements, of, idOf(Object(OnFailure).Destination))).toEqual(
        expect.arrayContaining([...documented.functionToItsDestination.actions]),
      );
    }
  });

  it("every function may write its own log, be traced, and open its environment where that is encrypted", () => {
    const functions = all(FUNCTION);
    expect(functions.length).toBeGreaterThan(10);
    for (const [, id, { Properties }] of functions) {
      const of = id.replace(/Function[0-9A-F]{8}$/, "");
      const log = idOf(Object(Properties.LoggingConfig).LogGroup);
      expect(allowed(statements, of, log)).toEqual(
        expect.arrayContaining([...documented.functionToItsLog.actions]),
      );
      if (JSON.stringify(Properties.TracingConfig ?? {}).includes("Active"))
        expect(allowed(statements, of, "*")).toEqual(
          expect.arrayContaining([...documented.functionToTracing.actions]),
        );
      if (Properties.KmsKeyArn !== undefined)
        expect(allowed(statements, of, "SecretsKey")).toEqual(
          expect.arrayContaining([...documented.functionToItsEnvironment.actions]),
        );
    }
  });

  it("a rule may start its function, and put aside what it could not deliver", () => {
    const rules = all("AWS::Events::Rule");
    expect(rules).toHaveLength(4);
    for (const [template, id, { Properties }] of rules) {
      for (const target of Targets.parse(Properties).Targets) {
        const permissions = [...resourcesOf(template, PERMISSION).values()].filter(
          ({ Properties: { FunctionName, Principal, SourceArn } }) =>
            idOf(FunctionName) === idOf(target.Arn) &&
            Principal === "events.amazonaws.com" &&
            idOf(SourceArn) === id,
        );
        expect([id, permissions.map(({ Properties: { Action } }) => Action)]).toEqual([
          id,
          [...documented.ruleToFunction.actions],
        ]);
        if (target.DeadLetterConfig !== undefined)
          expect(
            allowedTo(
              template,
              "AWS::SQS::QueuePolicy",
              idOf(target.DeadLetterConfig.Arn),
              "events.amazonaws.com",
            ),
          ).toEqual(expect.arrayContaining([...documented.ruleToDeadLetters.actions]));
      }
    }
  });

  it("the gateway may start every function that a route leads to", () => {
    const integrations = [...resourcesOf(templates.api, "AWS::ApiGatewayV2::Integration").values()];
    const permissions = [...resourcesOf(templates.api, PERMISSION).values()]
      .filter(({ Properties: { Principal } }) => Principal === "apigateway.amazonaws.com")
      .map(({ Properties: { FunctionName, Action } }) => [idOf(FunctionName), Action]);
    expect(integrations).toHaveLength(6);
    for (const { Properties } of integrations)
      expect(permissions).toContainEqual([
        idOf(Properties.IntegrationUri),
        ...documented.gatewayToFunction.actions,
      ]);
  });

  it("an alarm may tell its topic, which no key of ours encrypts", () => {
    const topics = [...resourcesOf(templates.alarms, "AWS::SNS::Topic")];
    expect(topics).toHaveLength(1);
    for (const [id, { Properties }] of topics) {
      // With a key, CloudWatch needs kms:Decrypt and kms:GenerateDataKey in the key's policy.
      expect(Properties).not.toHaveProperty("KmsMasterKeyId");
      expect(allowedTo(templates.alarms, "AWS::SNS::TopicPolicy", id, "cloudwatch.amazonaws.com")).toEqual([
        ...documented.alarmToTopic.actions,
      ]);
    }
  });

  it("uploads are put by those who sign their URLs and read by the job, under a key of S3 or one that both may use", () => {
    const [, bucket] = [...resourcesOf(templates.files, "AWS::S3::Bucket")][0] ?? [];
    // Other stacks import the key by a name that has its id in it.
    const key = /"KMSMasterKeyID":\{"Fn::GetAtt":\["(\w+)"/.exec(JSON.stringify(bucket?.Properties))?.[1];
    expect(key).toBeDefined();
    expect(allowed(statements, "Hospital", "Uploads")).toEqual(
      expect.arrayContaining([...documented.urlThatUploads.actions]),
    );
    expect(allowed(statements, "CompareReconciliation", "Uploads")).toEqual(
      expect.arrayContaining([...documented.functionThatReadsUploads.actions]),
    );
    if (key !== undefined) {
      expect(allowed(statements, "Hospital", key)).toContain("kms:GenerateDataKey");
      expect(allowed(statements, "CompareReconciliation", key)).toContain("kms:Decrypt");
    }
  });
});

test("every source is a page of AWS's own documentation", () => {
  for (const { source, actions } of Object.values(documented)) {
    expect(source).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//);
    expect(actions.length).toBeGreaterThan(0);
  }
});
