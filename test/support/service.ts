import { randomUUID } from "node:crypto";
import { inject } from "vitest";
import type { ApiHandler } from "../../functions/api-handler.ts";
import { createTables } from "../../infra/local/create-tables.ts";
import { contextOf, findOperation, toEvent } from "./api-event.ts";
import { checkAnswer } from "./contract.ts";
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

async function loadHandlers(): Promise<Record<string, ApiHandler>> {
  const [hospital, enterprise, finance, agency, auditor, open] = await Promise.all([
    import("../../functions/hospital/handler.ts"),
    import("../../functions/enterprise/handler.ts"),
    import("../../functions/finance/handler.ts"),
    import("../../functions/agency/handler.ts"),
    import("../../functions/auditor/handler.ts"),
    import("../../functions/public/handler.ts"),
  ]);
  return {
    hospital: hospital.handler,
    enterprise: enterprise.handler,
    finance: finance.handler,
    agency: agency.handler,
    auditor: auditor.handler,
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
 * The real functions on tables of their own in the run's engine. Call it once in a test file: the functions read
 * their environment when they are loaded. Every answer is checked against the OpenAPI document.
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
  const handlers = await loadHandlers();
  const { call, must } = makeCall(handlers);
  return { call, must, registryTable, ledgerTable, endpoint, logLines };
}
