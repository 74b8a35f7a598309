import { readFileSync } from "node:fs";
import { cpus, release, totalmem } from "node:os";
import { join } from "node:path";
import * as z from "zod/mini";
import { repository } from "./local-service.ts";

const GIBIBYTE = 2 ** 30;

const packages = [
  "@aws-sdk/client-dynamodb",
  "@dynoxide/linux-x64",
  "@gorules/zen-engine",
  "esbuild",
  "json-rules-engine",
  "zod",
];

const Manifest = z.object({ version: z.string() });

const versionOf = (name: string): string =>
  Manifest.parse(JSON.parse(readFileSync(join(repository, "node_modules", name, "package.json"), "utf8")))
    .version;

/** What figures depend on, without anything that names the machine. */
export function describeMachine(): readonly (readonly [string, string])[] {
  const processors = cpus();
  return [
    ["date", new Date().toISOString().slice(0, 10)],
    ["processor", `${processors[0]?.model.trim() ?? "unknown"}, ${processors.length} cores`],
    ["memory", `${Math.round(totalmem() / GIBIBYTE)} GiB`],
    ["system", `${process.platform} ${release().split(".").slice(0, 2).join(".")}, ${process.arch}`],
    ["Node", `${process.versions.node} (V8 ${process.versions.v8})`],
    ["packages", packages.map((name) => `${name} ${versionOf(name)}`).join(", ")],
  ];
}
