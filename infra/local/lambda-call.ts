import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import type { Context } from "aws-lambda";
import type { Audience, OperationContract } from "../../functions/kit/operation.ts";
import type { Claims } from "./identity/token-verifier.ts";

/** A function as Lambda starts it. */
export type Handler = typeof import("../../functions/entry/hospital.ts").handler;

const TIME_LIMIT_MS = 29_000;

function flattenHeaders(request: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(",") : value;
  }
  return headers;
}

/** Parameters by name; of one that is given twice the values are joined by commas, as API Gateway does. */
function joinParameters(parameters: URLSearchParams): Record<string, string> {
  const joined = new Map<string, string[]>();
  for (const [name, value] of parameters) {
    const values = joined.get(name);
    if (values === undefined) joined.set(name, [value]);
    else values.push(value);
  }
  return Object.fromEntries([...joined].map(([name, values]) => [name, values.join(",")]));
}

type Event = Parameters<Handler>[0];

/** A request that a route was found for, and whose token was checked. */
export interface Matched {
  readonly definition: OperationContract;
  readonly params: Readonly<Record<string, string>>;
  readonly url: URL;
  readonly requestId: string;
  readonly claims: Claims | undefined;
  readonly body: Buffer;
}

/** What API Gateway hands over as text; a body of any other type, or of none, is bytes to it. */
const TEXT_TYPE = /^(?:text\/|application\/(?:json|xml|javascript)\b)/i;

/**
 * A body as API Gateway hands it over: decoded where its type is text, whatever its bytes are, and in base64 elsewhere.
 */
function toBody(bytes: Buffer, headers: IncomingHttpHeaders): Pick<Event, "body" | "isBase64Encoded"> {
  if (bytes.byteLength === 0) return { isBase64Encoded: false };
  const isText = TEXT_TYPE.test(headers["content-type"] ?? "") && headers["content-encoding"] === undefined;
  return { body: bytes.toString(isText ? "utf8" : "base64"), isBase64Encoded: !isText };
}

/** The event of payload format 2.0, as the functions get it on AWS. */
export function toEvent(
  request: IncomingMessage,
  { definition, params, url, requestId, claims, body }: Matched,
): Event {
  const routeKey = `${definition.method} ${definition.path}`;
  return {
    version: "2.0",
    routeKey,
    rawPath: url.pathname,
    rawQueryString: url.search.slice(1),
    headers: flattenHeaders(request),
    queryStringParameters: joinParameters(url.searchParams),
    pathParameters: { ...params },
    requestContext: {
      accountId: "local",
      apiId: "local",
      domainName: url.host,
      domainPrefix: "local",
      http: {
        method: definition.method,
        path: url.pathname,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp: request.socket.remoteAddress ?? "",
        userAgent: request.headers["user-agent"] ?? "",
      },
      requestId,
      routeKey,
      stage: "$default",
      time: new Date().toISOString(),
      timeEpoch: Date.now(),
      ...(claims === undefined ? {} : { authorizer: { jwt: { claims } } }),
    },
    ...toBody(body, request.headers),
  };
}

/** What Lambda says of a call: how much time is left. */
export function makeContext(audience: Audience, awsRequestId: string): Context {
  const deadline = Date.now() + TIME_LIMIT_MS;
  return {
    awsRequestId,
    functionName: audience,
    functionVersion: "local",
    invokedFunctionArn: audience,
    memoryLimitInMB: "1024",
    logGroupName: audience,
    logStreamName: "local",
    callbackWaitsForEmptyEventLoop: false,
    getRemainingTimeInMillis: () => deadline - Date.now(),
    // oxlint-disable typescript/no-deprecated -- the type still asks for them
    done: () => undefined,
    fail: () => undefined,
    succeed: () => undefined,
    // oxlint-enable typescript/no-deprecated
  };
}
