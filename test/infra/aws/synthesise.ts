import { mkdtempSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { App } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { inject } from "vitest";
import * as z from "zod";
import { operations } from "../../../functions/contract/operations.ts";
import { addService, type ServiceStacks } from "../../../infra/aws/service.ts";
import { getStage, type StageOverrides, type StageSettings } from "../../../infra/aws/stages.ts";

const CdkJson = z.object({ context: z.record(z.string(), z.unknown()) });
const cdkJson = CdkJson.parse(JSON.parse(readFileSync("cdk.json", "utf8")));

const Resource = z.looseObject({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  DeletionPolicy: z.string().optional(),
  UpdateReplacePolicy: z.string().optional(),
  DependsOn: z.union([z.string(), z.array(z.string())]).optional(),
});
export type Resource = z.infer<typeof Resource>;

export interface Synthesised {
  readonly app: App;
  readonly stage: StageSettings;
  readonly stacks: ServiceStacks;
  readonly templates: Readonly<Record<keyof ServiceStacks, Template>>;
}

/** The stages that the tests look at: both partitions, kept and disposable. */
export const stagesUnderTest = ["dev", "prod", "cn"] as const;

/** An app as `cdk` starts it. Bundles take seconds to make, so only the test that looks into them asks for them. */
export function makeApp({ bundles }: { readonly bundles: boolean }): App {
  return new App({
    outdir: mkdtempSync(join(inject("scratchFolder"), "app-")),
    context: { ...cdkJson.context, ...(bundles ? {} : { "aws:cdk:bundling-stacks": [] }) },
  });
}

const made = new Map<string, Synthesised>();

/** The templates of a stage as `cdk synth` makes them, but for the bundles. Each is made once in a process. */
export function synthesise(name: string, overrides: StageOverrides = {}): Synthesised {
  const key = JSON.stringify([name, overrides]);
  const known = made.get(key);
  if (known !== undefined) return known;
  const app = makeApp({ bundles: false });
  const stage = getStage(name, overrides);
  const stacks = addService(app, stage, operations);
  const templates = {
    data: Template.fromStack(stacks.data),
    files: Template.fromStack(stacks.files),
    api: Template.fromStack(stacks.api),
    jobs: Template.fromStack(stacks.jobs),
    alarms: Template.fromStack(stacks.alarms),
  };
  const synthesised = { app, stage, stacks, templates };
  made.set(key, synthesised);
  return synthesised;
}

/** The resources of a type, by logical id. */
export function resourcesOf(template: Template, type: string): ReadonlyMap<string, Resource> {
  const found = Object.entries(template.findResources(type));
  return new Map(found.map(([id, resource]) => [id, Resource.parse(resource)]));
}

/** The one resource of a type whose logical id starts with a name. */
export function resourceNamed(template: Template, type: string, name: string): Resource {
  const found = [...resourcesOf(template, type)].filter(([id]) =>
    new RegExp(`^${name}[0-9A-F]{8}$`).test(id),
  );
  const [first, ...others] = found;
  if (first === undefined || others.length > 0) {
    throw new Error(`${found.length} resources of ${type} are called ${name}`);
  }
  return first[1];
}
