import { Annotations, type App, Tags, Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks } from "cdk-nag";
import type { OperationContract } from "../../functions/kit/operation.ts";
import { AlarmsStack } from "./stacks/alarms-stack.ts";
import { ApiStack } from "./stacks/api-stack.ts";
import { DataStack } from "./stacks/data-stack.ts";
import { FilesStack } from "./stacks/files-stack.ts";
import { JobsStack } from "./stacks/jobs-stack.ts";
import { hasPlaceholderAgency, hasPlaceholderIssuer, isInChina, type StageSettings } from "./stages.ts";

const serviceName = "work-injury-settlement";

export interface ServiceStacks {
  readonly data: DataStack;
  readonly files: FilesStack;
  readonly api: ApiStack;
  readonly jobs: JobsStack;
  readonly alarms: AlarmsStack;
}

/**
 * The whole service in one stage. No account is named: a template is made without one, and deployed to the account of
 * whoever deploys it.
 */
export function addService(
  app: App,
  stage: StageSettings,
  operations: readonly OperationContract[],
): ServiceStacks {
  const name = `${serviceName}-${stage.name}`;
  const shared = {
    stage,
    env: { region: stage.region },
    terminationProtection: stage.removal === "retain",
  };
  const data = new DataStack(app, `${name}-data`, { ...shared, description: "Tables and keys" });
  const files = new FilesStack(app, `${name}-files`, {
    ...shared,
    description: "Uploaded files and the job that compares them",
    data,
  });
  const api = new ApiStack(app, `${name}-api`, {
    ...shared,
    description: "API and functions",
    data,
    files,
    operations,
  });
  const jobs = new JobsStack(app, `${name}-jobs`, { ...shared, description: "Jobs that events start", data });
  const alarms = new AlarmsStack(app, `${name}-alarms`, {
    ...shared,
    description: "Alarms",
    data,
    api,
    jobs,
    files,
  });

  Tags.of(app).add("service", serviceName);
  Tags.of(app).add("stage", stage.name);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  if (hasPlaceholderIssuer(stage)) {
    Annotations.of(api).addWarningV2(
      `${serviceName}:placeholder-issuer`,
      "The issuer of tokens is a placeholder, which API Gateway will refuse: give one with --context issuer=https://…",
    );
  }
  if (hasPlaceholderAgency(stage)) {
    Annotations.of(api).addWarningV2(
      `${serviceName}:placeholder-agency`,
      "The agency is a placeholder, so nobody of an agency is let in: give its codes with --context agencyCodes=…",
    );
  }
  if (stage.alarmEmail === undefined) {
    Annotations.of(alarms).addWarningV2(
      `${serviceName}:nobody-is-alarmed`,
      "Alarms go to nobody, they are only seen in CloudWatch: give an address with --context alarmEmail=…",
    );
  }
  if (isInChina(stage)) {
    Annotations.of(api).addInfo(
      "China: the API answers on the internet only after its ICP filing (docs/deploy.md).",
    );
  }
  return { data, files, api, jobs, alarms };
}
