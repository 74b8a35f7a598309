import { randomUUID } from "node:crypto";
import { operations } from "../../functions/contract/operations.ts";
import type { ApiEvent } from "../../functions/kit/api-handler.ts";
import type { OperationContract } from "../../functions/kit/operation.ts";
import type { CallInput } from "./service.ts";

const AGENCY = "A330304";
const HOSPITAL = "H33030400001";

/** Whom a call of each role is made for where nothing else is said. */
export const institutionOf: Record<string, string> = {
  hospital: HOSPITAL,
  enterprise: "91999999DEM000006M",
  agency: AGENCY,
  finance: AGENCY,
  auditor: AGENCY,
};

export function findOperation(id: string): OperationContract {
  const found = operations.find((each) => each.id === id);
  if (found === undefined) throw new Error(`there is no operation ${id}`);
  return found;
}

/** What Lambda says of a call, with so much time left. */
export const contextOf = (remainingMs: number) => ({
  awsRequestId: "test",
  functionName: "test",
  functionVersion: "test",
  invokedFunctionArn: "test",
  memoryLimitInMB: "1024",
  logGroupName: "test",
  logStreamName: "test",
  callbackWaitsForEmptyEventLoop: false,
  getRemainingTimeInMillis: () => remainingMs,
  done: () => undefined,
  fail: () => undefined,
  succeed: () => undefined,
});

/** A call as API Gateway hands it over. */
export function toEvent(
  definition: OperationContract,
  input: CallInput,
  requestId: string = randomUUID(),
): ApiEvent {
  const role = input.role ?? definition.roles[0];
  const institution = input.institution ?? institutionOf[role ?? ""] ?? "";
  const key = input.key === undefined ? randomUUID() : input.key;
  const body = input.text ?? (input.body === undefined ? undefined : JSON.stringify(input.body));
  const routeKey = `${definition.method} ${definition.path}`;
  return {
    version: "2.0",
    routeKey,
    rawPath: definition.path,
    rawQueryString: "",
    headers: { ...(definition.message && key !== null ? { "idempotency-key": key } : {}) },
    pathParameters: input.params ?? {},
    queryStringParameters: input.query ?? {},
    requestContext: {
      accountId: "test",
      apiId: "test",
      domainName: "test",
      domainPrefix: "test",
      http: {
        method: definition.method,
        path: definition.path,
        protocol: "HTTP/1.1",
        sourceIp: "",
        userAgent: "",
      },
      requestId,
      routeKey,
      stage: "$default",
      time: "",
      timeEpoch: 0,
      ...(role === undefined
        ? {}
        : { authorizer: { jwt: { claims: { sub: input.who ?? `demo-${role}`, role, institution } } } }),
    },
    ...(body === undefined ? {} : { body }),
    isBase64Encoded: false,
  };
}
