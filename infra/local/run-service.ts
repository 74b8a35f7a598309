import { once } from "node:events";
import { rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { operations } from "../../functions/contract/operations.ts";
import { CONSOLE_ORIGIN_RULE, isConsoleOrigin } from "../console-access.ts";
import { DEMO_EMPLOYER_USCC } from "../demo/district.ts";
import { isLoopback } from "../loopback.ts";
import { createTables } from "./create-tables.ts";
import {
  checkKeysAreHere,
  type DataDirectory,
  noteOtherEngine,
  openDataDirectory,
} from "./data-directory.ts";
import { checkLayout, checkTables, markLayout } from "./data-layout.ts";
import { type Engine, startEngine } from "./engine.ts";
import { makeGateway } from "./gateway.ts";
import { DEMO_AGENCY_CODE } from "./identity/demo-identities.ts";
import { API_AUDIENCE, makeIdentityProvider } from "./identity/identity-provider.ts";
import { makeTokenVerifier } from "./identity/token-verifier.ts";
import { hasWorkers } from "./jobs/has-workers.ts";
import { isAnythingIn } from "./jobs/is-anything-in.ts";
import { startJobs } from "./jobs/start-jobs.ts";
import { makeUploads } from "./uploads.ts";

export interface ServiceOptions {
  readonly host: string;
  readonly port: number;
  /** A directory, or `memory` for none. */
  readonly dataDir: string;
  /** Another engine than the embedded one, such as DynamoDB Local. */
  readonly endpoint: string | undefined;
  readonly loadDemoData: boolean;
  /** Origin of a web page that may call the API, such as a console that is being made; none unless told. */
  readonly consoleOrigin?: string | undefined;
  /** `OFF` leaves what events and the clock start to somebody else, so that only requests change anything. */
  readonly jobs?: "OFF";
  /** The embedded engine listens at an address of this machine, so that a test can look into it. */
  readonly hasOpenEngine?: boolean;
  readonly report: (
    step: "ENGINE" | "ENGINE_OPEN" | "TABLES" | "DEMO_DATA" | "DATA_FOUND" | "SERVING",
    detail: string,
  ) => void;
}

export interface Service {
  readonly url: string;
  /** Whether demo data was loaded now. */
  readonly isNew: boolean;
  /** Whether there was data before this start. */
  readonly hasData: boolean;
  /** Takes no new requests, finishes those in flight, and ends the engine that was started here. */
  readonly stop: () => Promise<void>;
}

/** The functions read their environment when they are loaded, as on Lambda. */
async function loadHandlers() {
  const [hospital, enterprise, finance, agency, auditor, open, comparison] = await Promise.all([
    import("../../functions/entry/hospital.ts"),
    import("../../functions/entry/enterprise.ts"),
    import("../../functions/entry/finance.ts"),
    import("../../functions/entry/agency.ts"),
    import("../../functions/entry/auditor.ts"),
    import("../../functions/entry/public.ts"),
    import("../../functions/entry/compare-reconciliation.ts"),
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

/** Throws where somebody else serves there, before any data is made or loaded. */
async function checkPortIsFree(options: ServiceOptions): Promise<void> {
  const probe = createServer();
  await listen(probe, options);
  const closed = once(probe, "close");
  probe.close();
  await closed;
}

/** A client that keeps a busy connection alive is told that this answer is its last one there. */
async function close(server: Server): Promise<void> {
  const closed = once(server, "close");
  server.prependListener("request", (_request, response) => response.setHeader("connection", "close"));
  server.close();
  server.closeIdleConnections();
  await closed;
}

const urlOf = ({ host, port }: ServiceOptions): string =>
  `http://${host.includes(":") ? `[${host}]` : host}:${port}`;

/** Tokens are given to whoever asks for them here, so nobody else may be able to ask. */
function refuseOthers({ host, consoleOrigin }: ServiceOptions): void {
  if (!isLoopback(host)) {
    throw new Error(
      `HOST=${host} 可从其他机器访问，而演示身份提供方不验证口令：请用 127.0.0.1 并以 SSH 隧道访问，或部署到 AWS 使用真实身份提供方 · ` +
        "others could reach it, and the demo issuer asks for no password: keep 127.0.0.1 and come by an SSH tunnel, or deploy with a real issuer (docs/deploy.md)",
    );
  }
  if (consoleOrigin !== undefined && !isConsoleOrigin(consoleOrigin))
    throw new Error(`CONSOLE_ORIGIN=${consoleOrigin}: ${CONSOLE_ORIGIN_RULE}`);
}

/** The gateway with its functions, which find the engine through their environment. */
async function openServer(
  options: ServiceOptions,
  { personalDataKeysFile, signingKeyFile: keyFile, filesDirectory, uploadKey }: DataDirectory,
  engine: string,
) {
  const url = urlOf(options);
  Object.assign(process.env, {
    DYNAMODB_ENDPOINT: engine,
    AGENCY_CODES: DEMO_AGENCY_CODE,
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
    consoleOrigin: options.consoleOrigin,
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
    keysFile: personalDataKeysFile,
    onUploaded: (key) => compareReconciliation({ detail: { object: { key } } }, { awsRequestId: key }),
  });
  const identityProvider = provider.listener;
  return {
    url,
    uploads,
    server: makeGateway({
      ...{ operations, handlers, verifyToken, identityProvider, uploads },
      consoleOrigin: options.consoleOrigin,
    }),
  };
}

async function openEngine(
  options: ServiceOptions,
  file: string | undefined,
): Promise<Pick<Engine, "endpoint" | "isIsolated" | "stop">> {
  const isolate = options.hasOpenEngine !== true;
  if (options.endpoint === undefined) return startEngine({ dataFile: file, isolate });
  return { endpoint: options.endpoint, isIsolated: false, stop: async () => undefined };
}

/** Runs the whole service on one machine: engine, tables, identity provider, functions, gateway, demo data. */
export async function runService(options: ServiceOptions): Promise<Service> {
  refuseOthers(options);
  await checkPortIsFree(options);
  checkLayout(options.dataDir);
  await checkKeysAreHere(options.dataDir, options.endpoint, hasWorkers);
  const data = openDataDirectory(options.dataDir);
  if (options.endpoint !== undefined && options.dataDir !== "memory")
    noteOtherEngine(options.dataDir, options.endpoint);
  const engine = await openEngine(options, data.engineFile);
  try {
    options.report("ENGINE", engine.endpoint);
    if (options.endpoint === undefined && !engine.isIsolated) options.report("ENGINE_OPEN", engine.endpoint);
    await checkTables(engine.endpoint, options.endpoint ?? options.dataDir);
    if (options.endpoint === undefined) markLayout(options.dataDir);
    const [{ url, server, uploads }] = await Promise.all([
      openServer(options, data, engine.endpoint),
      createTables(engine.endpoint),
    ]);
    options.report("TABLES", "Registry, Ledger");
    const hasData = await isAnythingIn(engine.endpoint);
    let isNew = false;
    if (options.loadDemoData) {
      const { loadDemoData } = await import("../demo/load-demo-data.ts");
      isNew = await loadDemoData({ endpoint: engine.endpoint, keysFile: data.personalDataKeysFile });
      options.report("DEMO_DATA", isNew ? "NEW" : "FOUND");
    } else if (hasData) options.report("DATA_FOUND", options.endpoint ?? options.dataDir);
    const jobs = options.jobs === "OFF" ? undefined : await startJobs(engine.endpoint, data.pumpFile);
    await uploads.recover();
    await listen(server, options);
    options.report("SERVING", url);
    return {
      url,
      isNew,
      hasData,
      stop: async () => {
        await close(server);
        await jobs?.stop();
        await uploads.settle();
        await engine.stop();
        if (data.temporaryDirectory !== undefined)
          rmSync(data.temporaryDirectory, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await engine.stop();
    throw error;
  }
}
