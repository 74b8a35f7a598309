import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build, type Metafile } from "esbuild";
import { bundlingFor } from "../../infra/aws/constructs/bundling.ts";
import { HOSPITAL } from "./caller.ts";
import { withEmbedded } from "./embedded.ts";
import { atMost, type BenchOptions, type Findings, formatNumber, median } from "./figures.ts";
import { repository } from "./local-service.ts";
import { openBillOfTen } from "./world.ts";

const KILOBYTE = 1_000;

/** Makes the hospital's function into one file, with the options that infra/aws gives to esbuild. */
async function bundleHospital(folder: string): Promise<{ file: string; metafile: Metafile }> {
  const options = bundlingFor("nodejs24.x");
  const file = join(folder, "index.mjs");
  const alias = Object.entries(options.esbuildArgs ?? {}).flatMap(([name, value]) =>
    name.startsWith("--alias:") ? [[name.slice("--alias:".length), String(value)]] : [],
  );
  const { metafile } = await build({
    entryPoints: [join(repository, "functions/entry/hospital.ts")],
    outfile: file,
    bundle: true,
    platform: "node",
    format: "esm",
    metafile: true,
    absWorkingDir: repository,
    alias: Object.fromEntries(alias),
    logLevel: "warning",
    ...(options.target === undefined ? {} : { target: options.target }),
    ...(options.minify === undefined ? {} : { minify: options.minify }),
    ...(options.mainFields === undefined ? {} : { mainFields: [...options.mainFields] }),
    ...(options.charset === undefined ? {} : { charset: options.charset }),
    ...(options.banner === undefined ? {} : { banner: { js: options.banner } }),
  });
  return { file, metafile };
}

function partOf(path: string): string {
  const packageName = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1];
  if (packageName === undefined) return "own code";
  if (/^@(aws|aws-sdk|smithy)\//.test(packageName)) return "AWS SDK";
  return packageName;
}

function sizeByPart({ outputs }: Metafile): Map<string, number> {
  const sizes = new Map<string, number>();
  for (const { inputs, bytes } of Object.values(outputs)) {
    let rest = bytes;
    for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
      const part = partOf(path);
      sizes.set(part, (sizes.get(part) ?? 0) + bytesInOutput);
      rest -= bytesInOutput;
    }
    sizes.set("glue of the bundler", (sizes.get("glue of the bundler") ?? 0) + rest);
  }
  return sizes;
}

/** In a process of its own, as after a cold start: the time to import, then that of one request. */
const probe = `
  const [file, event] = process.argv.slice(1);
  const startedAt = performance.now();
  const { handler } = await import(file);
  const importedAt = performance.now();
  const { statusCode } = await handler(JSON.parse(event), { getRemainingTimeInMillis: () => 29_000 });
  const answeredAt = performance.now();
  if (statusCode >= 300) throw new Error("refused: " + statusCode);
  console.log(JSON.stringify([importedAt - startedAt, answeredAt - importedAt]));
  process.exit(0);
`;

function probeOnce(file: string, event: object, env: Record<string, string>): [number, number] {
  const argv = ["--input-type=module", "--eval", probe, file, JSON.stringify(event)];
  const { status, stdout, stderr } = spawnSync(process.execPath, argv, { env, cwd: "/", encoding: "utf8" });
  if (status !== 0) throw new Error(`the bundle failed: ${stderr}`);
  const [importMs, firstMs]: number[] = JSON.parse(stdout);
  return [importMs ?? Number.NaN, firstMs ?? Number.NaN];
}

const previewEvent = (visitId: string, institution: string) => ({
  version: "2.0",
  routeKey: "POST /v1/hospital/visits/{visitId}/settlement-preview",
  headers: {},
  pathParameters: { visitId },
  queryStringParameters: {},
  requestContext: {
    requestId: "bench",
    authorizer: { jwt: { claims: { sub: "bench", role: "hospital", institution } } },
  },
  isBase64Encoded: false,
});

/** What a cold start of the hospital's function is made of, apart from what Lambda itself takes. */
export async function measureBundle({ quick }: BenchOptions): Promise<Findings> {
  const folder = mkdtempSync(join(tmpdir(), "bench-bundle-"));
  try {
    const { file, metafile } = await bundleHospital(folder);
    const sizes = sizeByPart(metafile);
    const size = [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0);
    const probes = await withEmbedded(async ({ endpoint, keysFile, makeFunctions }) => {
      const visitId = await openBillOfTen(makeFunctions().call);
      const env = {
        DYNAMODB_ENDPOINT: endpoint,
        PERSONAL_DATA_KEYS_FILE: keysFile,
        LOG_LEVEL: "ERROR",
        AWS_REGION: "local",
        AWS_ACCESS_KEY_ID: "local",
        AWS_SECRET_ACCESS_KEY: "local",
      };
      const event = previewEvent(visitId, HOSPITAL);
      return Array.from({ length: quick ? 5 : 15 }, () => probeOnce(file, event, env));
    });
    return {
      title: "Bundle and cold start of the hospital's function",
      figures: [
        { what: "hospital bundle", measured: size / KILOBYTE, unit: "KB", budget: atMost(450) },
        {
          what: "hospital bundle, import on Node 24",
          measured: median(probes.map(([importMs]) => importMs)),
          unit: "ms",
          budget: atMost(75),
        },
        {
          what: "hospital bundle, first request after it",
          measured: median(probes.map(([, firstMs]) => firstMs)),
          unit: "ms",
        },
      ],
      comparisons: [
        {
          title: "What the bundle is made of",
          columns: ["part", "KB", "share"],
          rows: [...sizes]
            .toSorted(([, a], [, b]) => b - a)
            .map(([part, bytes]) => [
              part,
              formatNumber(bytes / KILOBYTE),
              `${formatNumber((100 * bytes) / size)} %`,
            ]),
        },
      ],
      notes: [
        `Made by esbuild with the options of infra/aws, minified. Times are medians of ${probes.length} new processes; the first request previews a settlement of ten lines on the embedded engine, with all that is read for the first time.`,
      ],
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
