import { operations } from "../../functions/contract/operations.ts";
import { runService, type Service } from "../../infra/local/run-service.ts";
import { canonicalJson } from "../../shared/http/canonical-json.ts";
import { findOperation } from "../support/api-event.ts";
import { caseBody, stateRegistry } from "../support/demo-case.ts";
import { dumpState } from "../support/dump-tables.ts";
import { freePort } from "../support/free-port.ts";
import { tokenOf } from "../support/local-client.ts";
import type { CallInput, TestService } from "../support/service.ts";
import { sendWire } from "./send-wire.ts";

export interface FuzzedService {
  readonly url: string;
  /** The token of a demo client, by its name without `demo-`. */
  readonly token: (client: string) => string;
  /** A call that must succeed. */
  readonly must: TestService["must"];
  /** Counts up from 0. */
  readonly nextNumber: () => number;
  /** Everything that is stored, as text: equal before and after what was refused. */
  readonly dump: () => Promise<string>;
  readonly stop: Service["stop"];
}

const clients = ["hospital", "hospital-2", "enterprise", "finance", "agency", "auditor"];

/** Calls that must succeed, over HTTP, each as the role that may make it. */
const makeMust =
  (url: string, token: FuzzedService["token"]): TestService["must"] =>
  async (operationId, { params = {}, body }: CallInput = {}) => {
    const { method, path, roles } = findOperation(operationId);
    const target = path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => params[name] ?? "");
    const headers = {
      authorization: `Bearer ${token(roles[0] ?? "")}`,
      "idempotency-key": crypto.randomUUID(),
      "content-type": "application/json",
    };
    const answer = await sendWire(url, { method, target, headers, body: JSON.stringify(body) });
    if (answer.statusCode >= 300) throw new Error(`${operationId}: ${answer.body}`);
    return {
      status: answer.statusCode,
      body: JSON.parse(answer.body),
      text: answer.body,
      headers: answer.headers,
    };
  };

/** The case that the examples of the document speak of. */
const EXAMPLE_CASE = "GS2026000001";

/**
 * The whole service on this machine, its gateway included, with a registry that the document's examples fit. One for
 * each process: the functions find their engine once, when they are loaded.
 */
export async function startFuzzedService(): Promise<FuzzedService> {
  let endpoint = "";
  let number = -1;
  process.env.LOOKUPS_PER_HOUR = "1000000";
  const service = await runService({
    host: "127.0.0.1",
    port: await freePort(),
    dataDir: "memory",
    endpoint: undefined,
    loadDemoData: false,
    hasOpenEngine: true,
    jobs: "OFF",
    report: (step, detail) => {
      if (step === "ENGINE") endpoint = detail;
    },
  });
  const { url } = service;
  const tokens = new Map(
    await Promise.all(clients.map(async (name) => [name, await tokenOf(url, `demo-${name}`)] as const)),
  );
  const token = (client: string): string => tokens.get(client) ?? "";
  const must = makeMust(url, token);
  const stated = {
    must,
    call: must,
    endpoint,
    registryTable: "Registry",
    ledgerTable: "Ledger",
    logLines: [],
  };
  await stateRegistry(stated);
  await must("put-case", { params: { caseNo: EXAMPLE_CASE }, body: caseBody() });
  return {
    url,
    token,
    must,
    nextNumber: () => {
      number += 1;
      return number;
    },
    dump: async () => canonicalJson(await dumpState(stated)),
    stop: service.stop,
  };
}

/** Operations in the order of the list, each as often as any other. */
export const operationAt = (index: number) => {
  const operation = operations[index % operations.length];
  if (operation === undefined) throw new RangeError("there are no operations");
  return operation;
};
