import { randomUUID } from "node:crypto";
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from "node:http";
import { type Audience, bodyLimitOf, type OperationContract } from "../../functions/kit/operation.ts";
import { type Failure, type FailureCode, failure } from "../../shared/domain/failures.ts";
import { UPLOADS_PATH } from "../../shared/files/upload-signature.ts";
import { bodyTooLarge } from "../../shared/http/body-too-large.ts";
import { COMMON_HEADERS, type HttpResponse, refusal } from "../../shared/http/response.ts";
import { isLoopback } from "../loopback.ts";
import { corsHeadersFor, isPreflight } from "./cors-headers.ts";
import type { Claims, VerifyToken } from "./identity/token-verifier.ts";
import { type Handler, makeContext, toEvent } from "./lambda-call.ts";
import { answerMalformedRequests } from "./malformed-requests.ts";
import { receiveBody } from "./receive-body.ts";
import { makeRouteTable } from "./route-table.ts";
import type { Uploads } from "./uploads.ts";

export interface GatewayOptions {
  readonly operations: readonly OperationContract[];
  readonly handlers: Readonly<Record<Audience, Handler>>;
  readonly verifyToken: VerifyToken;
  /** Takes every request below `/oauth` and the issuer's discovery document. */
  readonly identityProvider: RequestListener;
  /** Takes every request below `/uploads`: files under URLs that the functions gave out. */
  readonly uploads: Pick<Uploads, "serve">;
  /** The one web page's origin that may call; none where it is left out. */
  readonly consoleOrigin?: string | undefined;
  /** How long a body may take to arrive; 20 seconds unless told. */
  readonly bodyTimeLimitMs?: number;
}

function refuse(
  response: ServerResponse,
  why: FailureCode | Failure,
  requestId: string,
  headers: Record<string, string> = {},
): void {
  const answer = refusal(typeof why === "string" ? failure(why) : why, requestId);
  write(response, { ...answer, headers: { ...answer.headers, ...headers } });
}

/** Of a path that starts with two slashes, what follows is no host; undefined where no URL can be made of it. */
const readUrl = ({ url = "/" }: IncomingMessage): URL | undefined =>
  URL.parse(`http://local${url.startsWith("/") ? "" : "/"}${url}`) ?? undefined;

const bearerOf = (request: IncomingMessage): string | undefined =>
  /^Bearer (\S+)$/i.exec(request.headers.authorization ?? "")?.[1];

function write(response: ServerResponse, answer: HttpResponse): void {
  const body =
    answer.isBase64Encoded === true ? Buffer.from(answer.body, "base64") : Buffer.from(answer.body);
  response.writeHead(answer.statusCode, { ...answer.headers, "content-length": body.byteLength });
  response.end(body);
}

/**
 * Whether the caller means this machine. A web page whose name somebody made to lead here (DNS rebinding) would
 * otherwise read every answer, and tokens are given out without a password here.
 */
const isAskedByItsName = ({ headers: { host } }: IncomingMessage): boolean =>
  isLoopback(URL.parse(`http://${host}`)?.hostname ?? "");

/** What API Gateway's HTTP API does, on one machine: routes, checks tokens, calls the audience's function. */
export function makeGateway(options: GatewayOptions): Server {
  const findRoute = makeRouteTable(options.operations);

  const serve = async (
    request: IncomingMessage,
    response: ServerResponse,
    requestId: string,
  ): Promise<void> => {
    const url = readUrl(request);
    if (url === undefined) return refuse(response, "ROUTE_NOT_FOUND", requestId);
    const match = findRoute(request.method ?? "GET", url.pathname);
    if (match.kind === "NOT_FOUND") return refuse(response, "ROUTE_NOT_FOUND", requestId);
    if (match.kind === "OTHER_METHOD") {
      return refuse(response, "METHOD_NOT_ALLOWED", requestId, { allow: match.allowed.join(", ") });
    }
    const { definition, params } = match;
    let claims: Claims | undefined;
    if (definition.roles.length > 0) {
      const token = bearerOf(request);
      claims = token === undefined ? undefined : await options.verifyToken(token);
      if (claims === undefined)
        return refuse(response, "UNAUTHENTICATED", requestId, { "www-authenticate": "Bearer" });
    }
    const limit = bodyLimitOf(definition);
    const body = await receiveBody(request, limit, options.bodyTimeLimitMs);
    if (body.kind === "TOO_LARGE")
      return refuse(response, limit === 0 ? "BODY_NOT_TAKEN" : bodyTooLarge(limit), requestId);
    if (body.kind === "TOO_SLOW")
      return refuse(response, "BODY_TOO_SLOW", requestId, { connection: "close" });
    const event = toEvent(request, { definition, params, url, requestId, claims, body: body.bytes });
    const handle = options.handlers[definition.audience];
    write(response, await handle(event, makeContext(definition.audience, requestId)));
  };

  const server = createServer((request, response) => {
    const path = request.url ?? "/";
    const corsHeaders = corsHeadersFor(request, options.consoleOrigin);
    for (const [name, value] of Object.entries({ ...COMMON_HEADERS, ...corsHeaders }))
      response.setHeader(name, value);
    if (!isAskedByItsName(request)) return refuse(response, "HOST_NOT_LOCAL", randomUUID());
    if (isPreflight(request)) {
      if (!("vary" in corsHeaders)) return refuse(response, "METHOD_NOT_ALLOWED", randomUUID());
      response.writeHead(204).end();
      return;
    }
    if (path.startsWith("/oauth/") || path.startsWith("/.well-known/")) {
      options.identityProvider(request, response);
      return;
    }
    if (path === "/" && request.method === "GET") {
      response.writeHead(302, { location: "/docs" }).end();
      return;
    }
    const requestId = randomUUID();
    const served = path.startsWith(UPLOADS_PATH)
      ? options.uploads.serve(request, response)
      : serve(request, response, requestId);
    served.catch(() => {
      if (response.headersSent) response.destroy();
      else refuse(response, "INTERNAL", requestId);
    });
  });
  answerMalformedRequests(server);
  return server;
}
