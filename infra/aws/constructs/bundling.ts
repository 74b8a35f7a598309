import { join } from "node:path";
import { type BundlingOptions, Charset, LogLevel, OutputFormat } from "aws-cdk-lib/aws-lambda-nodejs";

/** Old packages ask for parts of Node by `require`, which an ES module does not have. */
const requireForCommonJs =
  'import{createRequire as makeRequire}from"node:module";const require=makeRequire(import.meta.url);';

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
      "--alias:@aws-sdk/credential-provider-node": join(import.meta.dirname, "environment-credentials.ts"),
    },
  };
}
