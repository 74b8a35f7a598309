import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { Template } from "aws-cdk-lib/assertions";
import { afterEach, describe, expect, it, vi } from "vitest";
import * as z from "zod";
import { operations } from "../../../functions/contract/operations.ts";
import { defaultProvider } from "../../../infra/aws/constructs/environment-credentials.ts";
import {
  NODE_ENDPOINT_DISCOVERY_CONFIG_OPTIONS,
  resolveEndpointDiscoveryConfig,
} from "../../../infra/aws/constructs/no-endpoint-discovery.ts";
import { eventStreamSerdeProvider } from "../../../infra/aws/constructs/no-event-streams.ts";
import { addService } from "../../../infra/aws/service.ts";
import { getStage } from "../../../infra/aws/stages.ts";
import { makeApp, resourcesOf } from "./synthesise.ts";

const FunctionProperties = z.looseObject({
  Description: z.string(),
  Code: z.object({ S3Key: z.string().regex(/^[0-9a-f]{64}\.zip$/) }),
  Environment: z.object({ Variables: z.record(z.string(), z.unknown()) }),
});

/** For what CloudFormation fills in: long enough for every variable that has a least length. */
const standIn = (name: string): string => (name.endsWith("_URL") ? "https://x.example" : "x".repeat(64));

const loadAndCheck = `
  const { handler } = await import(process.argv[1]);
  if (typeof handler !== "function") throw new Error("the bundle exports no handler");
  process.exit(0);
`;

/** Loads a bundle as Lambda does, in a process of its own; the reason why that fails, if it does. */
function findFault(bundle: string, env: Record<string, string>): string | undefined {
  const argv = ["--input-type=module", "--eval", loadAndCheck, pathToFileURL(bundle).href];
  const { status, stderr } = spawnSync(process.execPath, argv, { env, cwd: "/", encoding: "utf8" });
  if (status === 0) return undefined;
  return stderr.split("\n").find((line) => /^\w*Error/.test(line)) ?? `ended with ${status}`;
}

describe("the bundles", () => {
  const app = makeApp({ bundles: true });
  const { api, files, jobs } = addService(app, getStage("dev"), operations);
  const folder = app.synth().directory;
  const functions = [api, files, jobs]
    .flatMap((stack) => [...resourcesOf(Template.fromStack(stack), "AWS::Lambda::Function").values()])
    .map(({ Properties }) => {
      const { Description, Code, Environment } = FunctionProperties.parse(Properties);
      const bundle = join(folder, `asset.${Code.S3Key.replace(/\.zip$/, "")}`, "index.mjs");
      return { Description, bundle, variables: Environment.Variables };
    });

  it.each(functions)("$Description: starts with the variables that it gets", ({ bundle, variables }) => {
    const env: Record<string, string> = { AWS_REGION: "cn-north-1" };
    for (const [name, value] of Object.entries(variables)) {
      env[name] = typeof value === "string" ? value : standIn(name);
    }
    expect(findFault(bundle, env)).toBeUndefined();
  });

  it.each(functions)("$Description: asks for nothing while it runs that is not in it", ({ bundle }) => {
    // esbuild leaves this text where CommonJS code calls `require`, which an ES module has only if it is given one.
    const text = readFileSync(bundle, "utf8");
    const isGiven = text.startsWith('import{createRequire as makeRequire}from"node:module"');
    expect(text.includes("Dynamic require of")).toBe(isGiven);
  });

  it.each(functions)("$Description: is small enough to start fast", ({ bundle }) => {
    // design.md section 7. What opens personal data carries the AWS Encryption SDK, which is CommonJS.
    const carriesEncryption = readFileSync(bundle, "utf8").startsWith("import{createRequire");
    expect(statSync(bundle).size).toBeLessThanOrEqual(carriesEncryption ? 730_000 : 450_000);
  });

  it.each(functions)("$Description: carries no cache of endpoints and no streams of events", ({ bundle }) => {
    const text = readFileSync(bundle, "utf8");
    // Texts of the parts that are replaced: names do not outlive minifying.
    const parts = ["AWS_ENABLE_ENDPOINT_DISCOVERY", "mnemonist/lru-cache", ":message-type", "sso_start_url"];
    expect(parts.filter((word) => text.includes(word))).toEqual([]);
  });

  it.each(functions)(
    "$Description: is one file, without demo clients, demo data or a debugger",
    ({ bundle }) => {
      expect(readdirSync(dirname(bundle))).toEqual(["index.mjs"]);
      const text = readFileSync(bundle, "utf8");
      for (const demo of ["demo-secret", "oidc-provider", "DEMO_DATA", "node:inspector"]) {
        expect(text.includes(demo), demo).toBe(false);
      }
    },
  );
});

describe("what takes the place of parts of the SDK", () => {
  it("lets the client of DynamoDB keep its settings, and none of them turns on what is left out", () => {
    const settings = { region: "cn-north-1" };
    expect(resolveEndpointDiscoveryConfig(settings)).toBe(settings);
    const { environmentVariableSelector, configFileSelector } = NODE_ENDPOINT_DISCOVERY_CONFIG_OPTIONS;
    expect([environmentVariableSelector(), configFileSelector()]).toEqual([undefined, undefined]);
  });

  it("refuses a stream of events in plain words", () => {
    expect(eventStreamSerdeProvider).toThrow("takes no answers that are streams of events");
  });
});

describe("the credentials in the bundles", () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  it("are those that Lambda puts into the environment", async () => {
    vi.stubEnv("AWS_ACCESS_KEY_ID", "id");
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", "secret");
    vi.stubEnv("AWS_SESSION_TOKEN", "session");
    const credentials = { accessKeyId: "id", secretAccessKey: "secret", sessionToken: "session" };
    await expect(defaultProvider()()).resolves.toEqual(credentials);
  });

  it("are missed with a reason where there are none", async () => {
    vi.stubEnv("AWS_ACCESS_KEY_ID", undefined);
    await expect(defaultProvider()()).rejects.toThrow("made for Lambda");
  });
});
