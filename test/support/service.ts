import { randomUUID } from "node:crypto";
import { inject } from "vitest";
import { bindAll as bindAgency } from "../../functions/entry/agency-routes.ts";
import { bindAll as bindAuditor } from "../../functions/entry/auditor-routes.ts";
import { bindAll as bindEnterprise } from "../../functions/entry/enterprise-routes.ts";
import { bindAll as bindFinance } from "../../functions/entry/finance-routes.ts";
import { bindAll as bindHospital } from "../../functions/entry/hospital-routes.ts";
import { makeAccessAudit } from "../../functions/kit/access-audit.ts";
import { type ApiHandler, makeApiHandler } from "../../functions/kit/api-handler.ts";
import type { BoundOperation } from "../../functions/kit/bind.ts";
import type { Audience } from "../../functions/kit/operation.ts";
import { makeServices } from "../../functions/kit/services.ts";
import type { AgencyServices } from "../../functions/registry/agency-services.ts";
import { audiences } from "../../infra/aws/audiences.ts";
import type { TableAccesses } from "../../infra/aws/table-access.ts";
import { createTables } from "../../infra/local/create-tables.ts";
import { fullAdvice } from "../../shared/http/full-advice.ts";
import { makeCipher } from "../../shared/personal-data/make-cipher.ts";
import { contextOf, findOperation, toEvent } from "./api-event.ts";
import { checkAnswer } from "./contract.ts";
import { enforceGrants } from "./granted-access.ts";
import { writeTestKeys } from "./test-keys.ts";

/** What one call of an operation says; whatever is left out is left out of the request. */
export interface CallInput {
  readonly institution?: string;
  readonly role?: string;
  /** The token's subject. */
  readonly who?: string;
  readonly params?: Record<string, string>;
  readonly query?: Record<string, string>;
  readonly body?: unknown;
  /** The body's text, where it is no JSON. */
  readonly text?: string;
  /** `null` sends no key; a new one each time where it is left out. */
  readonly key?: string | null;
}

export interface CallAnswer {
  readonly status: number;
  /** Parsed, and checked against the contract, so that tests may look into it. */
  readonly body: ReturnType<typeof JSON.parse>;
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface TestService {
  readonly call: (operationId: string, input?: CallInput) => Promise<CallAnswer>;
  /** A call that must succeed. */
  readonly must: (operationId: string, input?: CallInput) => Promise<CallAnswer>;
  readonly registryTable: string;
  readonly ledgerTable: string;
  readonly endpoint: string;
  /** Every line that the functions have logged. */
  readonly logLines: readonly string[];
}

export const HOSPITAL = "H33030400001";
export const OTHER_HOSPITAL = "H33030400002";

/** Of real time: a call that waits longer is answered as busy. */
const REMAINING_MS = 29_000;

/** Services that may do with the tables what the function has been granted on AWS, and no more. */
export function makeGrantedServices(tables: TableAccesses): AgencyServices {
  const services = makeServices();
  enforceGrants(services.db, tables);
  return { ...services, cipher: makeCipher(services.personalData) };
}

const bindings = {
  hospital: bindHospital,
  enterprise: bindEnterprise,
  finance: bindFinance,
  agency: bindAgency,
  auditor: bindAuditor,
} as const satisfies Record<Exclude<Audience, "public">, (services: AgencyServices) => BoundOperation[]>;

/** As the audience's own file makes it. */
function makeHandler(audience: keyof typeof bindings): ApiHandler {
  const services = makeGrantedServices(audiences[audience].tables);
  return makeApiHandler(bindings[audience](services), services, makeAccessAudit(services), fullAdvice);
}

async function makeHandlers(): Promise<Record<Audience, ApiHandler>> {
  const open = await import("../../functions/entry/public.ts");
  return {
    hospital: makeHandler("hospital"),
    enterprise: makeHandler("enterprise"),
    finance: makeHandler("finance"),
    agency: makeHandler("agency"),
    auditor: makeHandler("auditor"),
    public: open.handler,
  };
}

/** Calls operations of these handlers, by audience; every answer is checked against the OpenAPI document. */
export function makeCall(handlers: Record<string, ApiHandler>): Pick<TestService, "call" | "must"> {
  const call = async (operationId: string, input: CallInput = {}): Promise<CallAnswer> => {
    const definition = findOperation(operationId);
    const handler = handlers[definition.audience];
    if (handler === undefined) throw new Error(`no handler for ${definition.audience}`);
    const answer = await handler(toEvent(definition, input), contextOf(REMAINING_MS));
    checkAnswer(definition, answer);
    const isJson = answer.headers["content-type"]?.includes("json") === true;
    return {
      status: answer.statusCode,
      body: isJson ? JSON.parse(answer.body) : answer.body,
      text: answer.body,
      headers: answer.headers,
    };
  };
  const must = async (operationId: string, input?: CallInput): Promise<CallAnswer> => {
    const answer = await call(operationId, input);
    if (answer.status >= 300) throw new Error(`${operationId}: ${answer.text}`);
    return answer;
  };
  return { call, must };
}

/** Keeps what the functions write to standard output, which is where their log goes. */
function captureLog(): string[] {
  const lines: string[] = [];
  const write = process.stdout.write.bind(process.stdout);
  process.stdout.write = (chunk: string | Uint8Array, ...rest: never[]): boolean => {
    const text = String(chunk);
    if (text.startsWith('{"severity"')) {
      lines.push(text);
      return true;
    }
    return write(chunk, ...rest);
  };
  return lines;
}

/**
 * The real functions on tables of their own in the run's engine, each with its grants and no more. The functions read
 * their environment when this is called. Every answer is checked against the OpenAPI document.
 */
export async function startTestService(): Promise<TestService> {
  const endpoint = inject("engineEndpoint");
  const suffix = randomUUID().slice(0, 8);
  const [registryTable, ledgerTable] = [`Registry-${suffix}`, `Ledger-${suffix}`];
  await createTables(endpoint, { Registry: registryTable, Ledger: ledgerTable });
  Object.assign(process.env, {
    DYNAMODB_ENDPOINT: endpoint,
    REGISTRY_TABLE: registryTable,
    LEDGER_TABLE: ledgerTable,
    PERSONAL_DATA_KEYS_FILE: writeTestKeys(),
    AGENCY_CODES: "A330304,A330305",
    AWS_REGION: "local",
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    LOG_LEVEL: "DEBUG",
  });
  const logLines = captureLog();
  const { call, must } = makeCall(await makeHandlers());
  return { call, must, registryTable, ledgerTable, endpoint, logLines };
}
