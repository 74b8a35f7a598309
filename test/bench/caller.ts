import { randomUUID } from "node:crypto";
import { Agent, request } from "node:http";
import { operations } from "../../functions/contract/operations.ts";
import { bindAll as bindAgency } from "../../functions/entry/agency-routes.ts";
import { bindAll as bindFinance } from "../../functions/entry/finance-routes.ts";
import { bindAll as bindHospital } from "../../functions/entry/hospital-routes.ts";
import { type AccessAudit, makeAccessAudit } from "../../functions/kit/access-audit.ts";
import { type ApiEvent, makeApiHandler } from "../../functions/kit/api-handler.ts";
import type { OperationContract } from "../../functions/kit/operation.ts";
import { makeServices, type Services } from "../../functions/kit/services.ts";
import { readConfig } from "../../shared/config.ts";
import { fullAdvice } from "../../shared/http/full-advice.ts";
import { makeCipher } from "../../shared/personal-data/make-cipher.ts";

const AGENCY = "A330304";
export const HOSPITAL = "H33030400001";

export interface CallInput {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export interface CallAnswer {
  readonly status: number;
  readonly text: string;
}

/** Calls an operation by its id, as whoever may call it; a refusal is thrown. */
export type Caller = (operationId: string, input?: CallInput) => Promise<CallAnswer>;

function findOperation(id: string): OperationContract {
  const found = operations.find((each) => each.id === id);
  if (found === undefined) throw new RangeError(`there is no operation ${id}`);
  return found;
}

function mustSucceed(operationId: string, answer: CallAnswer): CallAnswer {
  if (answer.status >= 300) throw new Error(`${operationId}: ${answer.status} ${answer.text.slice(0, 500)}`);
  return answer;
}

function toEvent({ method, path, roles }: OperationContract, input: CallInput): ApiEvent {
  const [role = ""] = roles;
  const routeKey = `${method} ${path}`;
  const institution = role === "hospital" ? HOSPITAL : AGENCY;
  return {
    version: "2.0",
    routeKey,
    rawPath: path,
    rawQueryString: "",
    headers: { "idempotency-key": randomUUID() },
    pathParameters: { ...input.params },
    queryStringParameters: { ...input.query },
    requestContext: {
      accountId: "bench",
      apiId: "bench",
      domainName: "bench",
      domainPrefix: "bench",
      http: { method, path, protocol: "HTTP/1.1", sourceIp: "", userAgent: "" },
      requestId: randomUUID(),
      routeKey,
      stage: "$default",
      time: "",
      timeEpoch: 0,
      authorizer: { jwt: { claims: { sub: "bench", role, institution } } },
    },
    ...(input.body === undefined ? {} : { body: JSON.stringify(input.body) }),
    isBase64Encoded: false,
  };
}

const context = {
  awsRequestId: "bench",
  functionName: "bench",
  functionVersion: "bench",
  invokedFunctionArn: "bench",
  memoryLimitInMB: "1769",
  logGroupName: "bench",
  logStreamName: "bench",
  callbackWaitsForEmptyEventLoop: false,
  getRemainingTimeInMillis: () => 29_000,
  done: () => undefined,
  fail: () => undefined,
  succeed: () => undefined,
};

/**
 * The functions within this process, with the services that they lean on; memory is empty, as after a cold start. What
 * looks leave is the access trail's, unless another one is given.
 */
export function makeFunctions(
  endpoint: string,
  keysFile: string,
  accessAudit?: AccessAudit,
): { services: Services; call: Caller } {
  const env = {
    DYNAMODB_ENDPOINT: endpoint,
    PERSONAL_DATA_KEYS_FILE: keysFile,
    AGENCY_CODES: AGENCY,
    LOG_LEVEL: "ERROR",
  };
  const config = readConfig(env);
  const services = { ...makeServices(config), cipher: makeCipher(config.personalData) };
  const bound = [...bindHospital(services), ...bindFinance(services), ...bindAgency(services)];
  const handler = makeApiHandler(bound, services, accessAudit ?? makeAccessAudit(services), fullAdvice);
  return {
    services,
    call: async (operationId, input = {}) => {
      const { statusCode, body } = await handler(toEvent(findOperation(operationId), input), context);
      return mustSucceed(operationId, { status: statusCode, text: body });
    },
  };
}

function pathOf({ path }: OperationContract, { params = {}, query = {} }: CallInput): string {
  const filled = path.replace(/\{(\w+)\}/g, (_all, name: string) => encodeURIComponent(params[name] ?? ""));
  const search = new URLSearchParams(query).toString();
  return search === "" ? filled : `${filled}?${search}`;
}

const TOKEN = /"access_token":"([^"]+)"/;

async function signIn(url: string, clientId: string): Promise<string> {
  const answer = await fetch(`${url}/oauth/token`, {
    method: "POST",
    headers: { authorization: `Basic ${btoa(`${clientId}:demo-secret`)}` },
    body: new URLSearchParams({ grant_type: "client_credentials" }),
  });
  const token = TOKEN.exec(await answer.text())?.[1];
  if (token === undefined) throw new Error(`${clientId} could not sign in`);
  return token;
}

/** Calls a service over HTTP, on connections that are kept open. */
export async function makeHttpCaller(
  url: string,
  connections: number,
): Promise<{ call: Caller; close: () => void }> {
  const tokens = new Map<string, string>();
  for (const role of ["hospital", "agency", "finance"]) tokens.set(role, await signIn(url, `demo-${role}`));
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const { hostname, port } = new URL(url);
  const call: Caller = (operationId, input = {}) =>
    new Promise((resolve, reject) => {
      const definition = findOperation(operationId);
      const headers: Record<string, string> = {
        authorization: `Bearer ${tokens.get(definition.roles[0] ?? "")}`,
      };
      if (definition.message) headers["idempotency-key"] = randomUUID();
      const body = input.body === undefined ? "" : JSON.stringify(input.body);
      if (body !== "") headers["content-type"] = "application/json";
      headers["content-length"] = String(Buffer.byteLength(body));
      const path = pathOf(definition, input);
      const sent = request(
        { agent, hostname, port, method: definition.method, path, headers },
        (response) => {
          let text = "";
          response.setEncoding("utf8");
          response.on("data", (chunk: string) => {
            text += chunk;
          });
          response.on("end", () => {
            try {
              resolve(mustSucceed(operationId, { status: response.statusCode ?? 0, text }));
            } catch (error) {
              reject(error instanceof Error ? error : new Error(String(error)));
            }
          });
          response.on("error", reject);
        },
      );
      sent.on("error", reject);
      sent.end(body);
    });
  return { call, close: () => agent.destroy() };
}

/** Runs work for every number below `count`, on as many at once as there are workers. */
export async function inParallel(
  workers: number,
  count: number,
  work: (index: number) => Promise<void>,
): Promise<void> {
  const indexes = Array.from({ length: count }, (_, index) => index).values();
  const run = async (): Promise<void> => {
    for (const index of indexes) await work(index);
  };
  await Promise.all(Array.from({ length: workers }, run));
}
