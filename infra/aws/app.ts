import { App } from "aws-cdk-lib";
import { operations } from "../../functions/contract/operations.ts";
import { addService } from "./service.ts";
import { getStage, stageNames } from "./stages.ts";

const app = new App();

/** A value given with `--context`; anything but text is a mistake of the one who gave it. */
function findContext(key: string): string | undefined {
  const value: unknown = app.node.tryGetContext(key);
  if (value === undefined) return undefined;
  if (typeof value !== "string" || value === "") throw new Error(`--context ${key}=… needs a value`);
  return value;
}

const stageName = findContext("stage");
if (stageName === undefined) {
  throw new Error(`say which stage with --context stage=…; the stages are ${stageNames.join(", ")}`);
}

const stage = getStage(stageName, {
  region: findContext("region"),
  runtime: findContext("runtime"),
  architecture: findContext("architecture"),
  issuer: findContext("issuer") ?? process.env.OIDC_ISSUER,
  audience: findContext("audience") ?? process.env.OIDC_AUDIENCE,
  roleClaim: findContext("roleClaim") ?? process.env.OIDC_ROLE_CLAIM,
  institutionClaim: findContext("institutionClaim") ?? process.env.OIDC_INSTITUTION_CLAIM,
  replacingLookupKey: findContext("replacingLookupKey"),
  personalDataKeyGeneration: findContext("personalDataKeyGeneration"),
  personalDataKeyArnsBefore: findContext("personalDataKeyArnsBefore"),
  agencyCodes: findContext("agencyCodes") ?? process.env.AGENCY_CODES,
  lookupsPerHour: findContext("lookupsPerHour"),
  consoleOrigin: findContext("consoleOrigin") ?? process.env.CONSOLE_ORIGIN,
  alarmEmail: findContext("alarmEmail") ?? process.env.ALARM_EMAIL,
});

addService(app, stage, operations);
