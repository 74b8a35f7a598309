import { randomUUID } from "node:crypto";
import { findOperation } from "./api-event.ts";
import { checkAnswer } from "./contract.ts";
import { tokenOf } from "./local-client.ts";
import { startLocalService } from "./local-service.ts";
import { type CallInput, HOSPITAL, type TestService } from "./service.ts";

/** The service on one machine with its jobs, called over HTTP by the demo clients. */
export interface HttpService extends Pick<TestService, "call" | "must"> {
  readonly stop: () => Promise<void>;
}

const clientOf = (role: string, institution: string | undefined): string => {
  const isOther = role === "hospital" && institution !== undefined && institution !== HOSPITAL;
  return isOther ? "demo-hospital-2" : `demo-${role}`;
};

const pathOf = (path: string, { params = {}, query = {} }: CallInput): string => {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ""));
  const search = new URLSearchParams(query).toString();
  return search === "" ? filled : `${filled}?${search}`;
};

/** Starts it without demo data, its data in memory unless a directory is given. Every answer is checked against the OpenAPI document. */
export async function startHttpService(dataDir = "memory"): Promise<HttpService> {
  const service = await startLocalService({ dataDir });
  const tokens = new Map<string, Promise<string>>();
  const tokenFor = (clientId: string): Promise<string> => {
    const known = tokens.get(clientId) ?? tokenOf(service.url, clientId);
    tokens.set(clientId, known);
    return known;
  };
  const call: TestService["call"] = async (operationId, input = {}) => {
    const definition = findOperation(operationId);
    const role = input.role ?? definition.roles[0];
    const key = input.key === undefined ? randomUUID() : input.key;
    const token = role === undefined ? undefined : await tokenFor(clientOf(role, input.institution));
    const response = await fetch(`${service.url}${pathOf(definition.path, input)}`, {
      method: definition.method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(definition.message && key !== null ? { "idempotency-key": key } : {}),
      },
      ...(input.body === undefined ? {} : { body: JSON.stringify(input.body) }),
    });
    const headers = Object.fromEntries(response.headers);
    const text = await response.text();
    checkAnswer(definition, { statusCode: response.status, headers, body: text });
    const isJson = headers["content-type"]?.includes("json") === true;
    return { status: response.status, body: isJson ? JSON.parse(text) : text, text, headers };
  };
  return {
    call,
    must: async (operationId, input) => {
      const answer = await call(operationId, input);
      if (answer.status >= 300) throw new Error(`${operationId}: ${answer.text}`);
      return answer;
    },
    stop: () => service.stop(),
  };
}
