import { join } from "node:path";
import { type BundlingOptions, Charset, LogLevel, OutputFormat } from "aws-cdk-lib/aws-lambda-nodejs";

/** Old packages ask for parts of Node by `require`, which an ES module does not have. */
const requireForCommonJs =
  'import{createRequire as makeRequire}from"node:module";const require=makeRequire(import.meta.url);';

/** Parts of the SDK that no function uses, each with the file that takes its place. */
const replacedParts = {
  "@aws-sdk/credential-provider-node": "environment-credentials.ts",
  "@aws-sdk/middleware-endpoint-discovery": "no-endpoint-discovery.ts",
  "@smithy/core/event-streams": "no-event-streams.ts",
} as const;

/** How every function is made into one file, by the esbuild of this repository: no Docker, no network. */
export function bundlingFor(
  runtime: "nodejs24.x" | "nodejs22.x",
  { hasCommonJs = false }: { readonly hasCommonJs?: boolean } = {},
): BundlingOptions {
  return {
    ...(hasCommonJs ? { banner: requireForCommonJs } : {}),
    format: OutputFormat.ESM,
    target: runtime === "nodejs22.x" ? "node22" : "node24",
    minify: true,
    charset: Charset.UTF8,
    mainFields: ["module", "main"],
    logLevel: LogLevel.WARNING,
    forceDockerBundling: false,
    // The SDK as well: what was tested is what runs, and one file starts faster than the SDK of the runtime.
    externalModules: [],
    esbuildArgs: {
      // The construct takes `charset` and does not pass it on; without it every Chinese character takes six bytes.
      "--charset": "utf8",
      ...Object.fromEntries(
        Object.entries(replacedParts).map(([part, file]) => [
          `--alias:${part}`,
          join(import.meta.dirname, file),
        ]),
      ),
    },
  };
}
