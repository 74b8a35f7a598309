import { once } from "node:events";
import { rmSync } from "node:fs";
import type { Server } from "node:http";
import { operations } from "../../functions/operations.ts";
import { createTables } from "./create-tables.ts";
import { type DataDirectory, openDataDirectory } from "./data-directory.ts";
import { DEMO_EMPLOYER_USCC } from "./demo/district.ts";
import { type Engine, startEngine } from "./engine.ts";
import { makeGateway } from "./gateway.ts";
import { API_AUDIENCE, makeIdentityProvider } from "./identity-provider.ts";
import { startJobs } from "./jobs/start-jobs.ts";
import { makeTokenVerifier } from "./token-verifier.ts";
import { makeUploads } from "./uploads.ts";

export interface ServiceOptions {
  readonly host: string;
  readonly port: number;
  /** A directory, or `memory` for none. */
  readonly dataDir: string;
  /** Another engine than the embedded one, such as DynamoDB Local. */
  readonly endpoint: string | undefined;
  readonly loadDemoData: boolean;
  /** `OFF` leaves what events and the clock start to somebody else, so that only requests change anything. */
  readonly jobs?: "OFF";
  readonly report: (step: "ENGINE" | "TABLES" | "DEMO_DATA" | "SERVING", detail: string) => void;
}

export interface Service {
  readonly url: string;
  readonly isNew: boolean;
  /** Takes no new requests, finishes those in flight, and ends the engine that was started here. */
  readonly stop: () => Promise<void>;
}

/** The functions read their environment when they are loaded, as on Lambda. */
async function loadHandlers() {
  const [hospital, enterprise, finance, agency, auditor, open, comparison] = await Promise.all([
    import("../../functions/hospital/handler.ts"),
    import("../../functions/enterprise/handler.ts"),
    import("../../functions/finance/handler.ts"),
    import("../../functions/agency/handler.ts"),
    import("../../functions/auditor/handler.ts"),
    import("../../functions/public/handler.ts"),
    import("../../functions/jobs/compare-reconciliation-handler.ts"),
  ]);
  const handlers = {
    hospital: hospital.handler,
    enterprise: enterprise.handler,
    finance: finance.handler,
    agency: agency.handler,
    auditor: auditor.handler,
    public: open.handler,
  };
  return { handlers, compareReconciliation: comparison.handler };
}

async function listen(server: Server, { port, host }: ServiceOptions): Promise<void> {
  server.listen(port, host);
  await once(server, "listening");
}

/** A client that keeps a busy connection alive is told that this answer is its last one there. */
async function close(server: Server): Promise<void> {
  const closed = once(server, "close");
  server.prependListener("request", (_request, response) => response.setHeader("connection", "close"));
  server.close();
  server.closeIdleConnections();
  await closed;
}

/** The gateway with its functions, which find the engine through their environment. */
async function openServer(
  options: ServiceOptions,
  { personalDataKeysFile, signingKeyFile: keyFile, filesDirectory, uploadKey }: DataDirectory,
  engine: string,
) {
  const url = `http://${options.host}:${options.port}`;
  Object.assign(process.env, {
    DYNAMODB_ENDPOINT: engine,
    PERSONAL_DATA_KEYS_FILE: personalDataKeysFile,
    FILES_DIR: filesDirectory,
    FILES_URL: url,
    FILES_KEY: uploadKey,
    AWS_REGION: process.env.AWS_REGION ?? "local",
    AWS_ACCESS_KEY_ID: process.env.AWS_ACCESS_KEY_ID ?? "local",
    AWS_SECRET_ACCESS_KEY: process.env.AWS_SECRET_ACCESS_KEY ?? "local",
    LOG_LEVEL: process.env.LOG_LEVEL ?? "ERROR",
  });
  const identity = {
    origin: url,
    enterpriseUscc: DEMO_EMPLOYER_USCC,
    ...(keyFile === undefined ? {} : { keyFile }),
  };
  const [{ handlers, compareReconciliation }, provider] = await Promise.all([
    loadHandlers(),
    makeIdentityProvider(identity),
  ]);
  const verifyToken = makeTokenVerifier({
    publicKeys: provider.publicKeys,
    issuer: provider.issuer,
    audience: API_AUDIENCE,
  });
  const uploads = makeUploads({
    directory: filesDirectory,
    key: uploadKey,
    onUploaded: (key) => compareReconciliation({ detail: { object: { key } } }, { awsRequestId: key }),
  });
  const identityProvider = provider.listener;
  return {
    url,
    uploads,
    server: makeGateway({ operations, handlers, verifyToken, identityProvider, uploads }),
  };
}

async function openEngine(
  options: ServiceOptions,
  file: string | undefined,
): Promise<Pick<Engine, "endpoint" | "stop">> {
  if (options.endpoint !== undefined) return { endpoint: options.endpoint, stop: async () => undefined };
  return startEngine(file === undefined ? {} : { dataFile: file });
}

/** Runs the whole service on one machine: engine, tables, identity provider, functions, gateway, demo data. */
export async function runService(options: ServiceOptions): Promise<Service> {
  const data = openDataDirectory(options.dataDir);
  const engine = await openEngine(options, data.engineFile);
  try {
    options.report("ENGINE", engine.endpoint);
    const [{ url, server, uploads }] = await Promise.all([
      openServer(options, data, engine.endpoint),
      createTables(engine.endpoint),
    ]);
    options.report("TABLES", "Registry, Ledger");
    let isNew = false;
    if (options.loadDemoData) {
      const { loadDemoData } = await import("./demo/load-demo-data.ts");
      isNew = await loadDemoData({ endpoint: engine.endpoint, keysFile: data.personalDataKeysFile });
      options.report("DEMO_DATA", isNew ? "NEW" : "FOUND");
    }
    const jobs = options.jobs === "OFF" ? undefined : await startJobs(engine.endpoint, data.pumpFile);
    await listen(server, options);
    options.report("SERVING", url);
    return {
      url,
      isNew,
      stop: async () => {
        await close(server);
        await jobs?.stop();
        await uploads.settle();
        await engine.stop();
        if (options.dataDir === "memory") rmSync(data.filesDirectory, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await engine.stop();
    throw error;
  }
}
