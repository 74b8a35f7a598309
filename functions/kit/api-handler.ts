import middy from "@middy/core";
import type { APIGatewayProxyEventV2WithJWTAuthorizer, Context } from "aws-lambda";
import { type Failure, type Fault, failure } from "../../shared/domain/failures.ts";
import { err, type Result } from "../../shared/domain/result.ts";
import { type Caller, type ClaimNames, findCaller } from "../../shared/http/caller.ts";
import type { Advice, Telling } from "../../shared/http/failure-advice.ts";
import { answer, type HttpResponse, refusal } from "../../shared/http/response.ts";
import { type Logger, nameOfError, placeOfError } from "../../shared/observability/logger.ts";
import { isTransientError } from "../../shared/transient-error.ts";
import type { AccessAudit } from "./access-audit.ts";
import type { Answer, BoundOperation, OpenRawCall } from "./bind.ts";
import type { CheckInstitution } from "./check-institution.ts";
import type { HashContent } from "./hash-content.ts";
import type { OperationContract } from "./operation.ts";
import type { TakeRequest } from "./rate-limit.ts";
import { REPLACEMENT_CHARACTER, readBody } from "./read-body.ts";
import { renderAnswer } from "./render-answer.ts";
import { withinTime } from "./time-limit.ts";

export type ApiEvent = Omit<APIGatewayProxyEventV2WithJWTAuthorizer, "requestContext"> & {
  readonly requestContext: Omit<APIGatewayProxyEventV2WithJWTAuthorizer["requestContext"], "authorizer"> & {
    readonly authorizer?: { readonly jwt: { readonly claims: Record<string, unknown> } };
  };
};
export type ApiHandler = (event: ApiEvent, context: Context) => Promise<HttpResponse>;

function readCaller(event: ApiEvent, access: ApiAccess): Result<Caller, Failure> {
  const caller = findCaller(event.requestContext.authorizer?.jwt.claims, access.claimNames);
  if (caller === undefined) return err(failure("UNAUTHENTICATED"));
  const retryAfterSeconds = access.takeRequest(`${caller.role} ${caller.institution}`);
  return retryAfterSeconds === undefined
    ? { ok: true, value: caller }
    : err({ code: "TOO_MANY_REQUESTS", retryAfterSeconds });
}

/** Of an address, what was no UTF-8 behind its percent signs: a decoder has put something else in its place. */
function findNotUtf8(root: string, parameters: Readonly<Record<string, string | undefined>>): Fault[] {
  return Object.entries(parameters).flatMap(([name, value]) => {
    if (name.includes(REPLACEMENT_CHARACTER)) return [{ pointer: root, code: "NOT_UTF8" }];
    return value?.includes(REPLACEMENT_CHARACTER) === true
      ? [{ pointer: `${root}/${name}`, code: "NOT_UTF8" }]
      : [];
  });
}

function readCall(definition: OperationContract, event: ApiEvent): Result<OpenRawCall, Failure> {
  const body = readBody(definition, event);
  if (!body.ok) return body;
  const notUtf8 = [
    ...findNotUtf8("#path", event.pathParameters ?? {}),
    ...findNotUtf8("#query", event.queryStringParameters ?? {}),
  ];
  if (notUtf8.length > 0) return err(failure("INPUT_INVALID", notUtf8));
  return {
    ok: true,
    value: {
      params: event.pathParameters ?? {},
      query: event.queryStringParameters ?? {},
      body: body.value,
      requestId: event.requestContext.requestId,
    },
  };
}

async function runFor(
  caller: Caller,
  operation: Extract<BoundOperation, { access: "ROLES" }>,
  event: ApiEvent,
  signal: AbortSignal,
  { hashContent, checkInstitution }: ApiAccess,
): Promise<Result<Answer, Failure>> {
  if (!operation.definition.roles.includes(caller.role)) {
    return err(failure("FORBIDDEN"));
  }
  const call = readCall(operation.definition, event);
  const idempotencyKey = event.headers["idempotency-key"];
  // Both at once, so that it costs no round trip: nothing is committed, and nothing leaves, before both are known.
  const institutionCheck = checkInstitution(caller);
  const access = { caller, institutionCheck, signal, idempotencyKey, hashContent };
  const run = call.ok ? operation.run({ ...call.value, ...access }) : call;
  const [outcome, refused] = await Promise.all([run, institutionCheck]);
  return refused === undefined ? outcome : err(refused);
}

/** Whoever calls without a token shares one allowance. */
const EVERYBODY = "";

/** Who calls is settled before anything that was sent is looked at. */
async function runOperation(
  operation: BoundOperation,
  event: ApiEvent,
  signal: AbortSignal,
  { access, recordAccess }: { readonly access: ApiAccess; readonly recordAccess: AccessAudit },
): Promise<Result<Answer, Failure>> {
  if (operation.access === "OPEN") {
    const retryAfterSeconds = access.takeRequest(EVERYBODY);
    if (retryAfterSeconds !== undefined) return err({ code: "TOO_MANY_REQUESTS", retryAfterSeconds });
    const call = readCall(operation.definition, event);
    return call.ok ? operation.run(call.value) : call;
  }
  const { definition } = operation;
  const caller = readCaller(event, access);
  if (!caller.ok) return caller;
  const outcome = await runFor(caller.value, operation, event, signal, access);
  const { requestId } = event.requestContext;
  return recordAccess({ definition, caller: caller.value, requestId, params: event.pathParameters, outcome });
}

function toResponse(definition: OperationContract, given: Answer): HttpResponse {
  switch (given.kind) {
    case "TEXT":
      return answer(given.status, given.text, given.replayed);
    case "VALUE":
      return answer(definition.answer.status, renderAnswer(definition, given.value));
    case "FILE": {
      const { headers, ...rest } = answer(definition.answer.status, given.text);
      const fileHeaders = {
        "content-type": `${given.mediaType}; charset=utf-8`,
        "content-disposition": `attachment; filename="${given.fileName}"`,
      };
      return { ...rest, headers: { ...headers, ...fileHeaders, ...given.headers } };
    }
    case "PAGE": {
      const { headers, ...rest } = answer(definition.answer.status, given.html);
      const pageHeaders = {
        "content-type": "text/html; charset=utf-8",
        "content-security-policy": given.contentSecurityPolicy,
      };
      return { ...rest, headers: { ...headers, ...pageHeaders } };
    }
  }
}

/** Whatever was not foreseen is logged by name, without data, and answered as a fault of ours or of the hour. */
function logged(
  logger: Logger,
  telling: (event: ApiEvent) => Telling,
): middy.MiddlewareObj<ApiEvent, HttpResponse, Error, Context> {
  const started = new WeakMap<ApiEvent, number>();
  const fields = (event: ApiEvent, response: HttpResponse | null | undefined) => ({
    route: event.routeKey,
    requestId: event.requestContext.requestId,
    status: response?.statusCode,
    durationMs: Math.round(performance.now() - (started.get(event) ?? performance.now())),
  });
  return {
    before: ({ event }) => {
      started.set(event, performance.now());
    },
    after: ({ event, response }) => {
      const isRefused = (response?.statusCode ?? 0) >= 400;
      logger.log(isRefused ? "REQUEST_REFUSED" : "REQUEST_ANSWERED", fields(event, response));
    },
    onError: (request) => {
      const { event, error } = request;
      const code = isTransientError(error) ? "BUSY" : "INTERNAL";
      request.response = refusal(failure(code), event.requestContext.requestId, telling(event));
      const place = error instanceof Error ? placeOfError(error) : undefined;
      const fault = { error: nameOfError(error), place };
      logger.log("REQUEST_FAILED", { ...fields(event, request.response), ...fault });
    },
  };
}

/** How a handler knows its callers, their institutions and their messages, and how often each may call. */
export interface ApiAccess {
  readonly claimNames: ClaimNames;
  readonly checkInstitution: CheckInstitution;
  readonly takeRequest: TakeRequest;
  readonly hashContent: HashContent;
}

/** The handler of one audience: routes to the operation, which was bound to its schemas. No decisions. Refusals say what to do by `adviceForCode`. */
export function makeApiHandler(
  bound: readonly BoundOperation[],
  { logger, access }: { readonly logger: Logger; readonly access: ApiAccess },
  recordAccess: AccessAudit,
  adviceForCode: Advice,
): ApiHandler {
  const byRoute = new Map(bound.map((each) => [`${each.definition.method} ${each.definition.path}`, each]));
  const telling = ({ routeKey }: ApiEvent): Telling => ({
    isMessage: byRoute.get(routeKey)?.definition.message === true,
    adviceForCode,
  });
  return middy<ApiEvent, HttpResponse, Error, Context>()
    .use(logged(logger, telling))
    .handler(async (event, context) => {
      const { requestId } = event.requestContext;
      const operation = byRoute.get(event.routeKey);
      if (operation === undefined) return refusal(failure("ROUTE_NOT_FOUND"), requestId);
      const outcome = await withinTime(context.getRemainingTimeInMillis(), (signal) =>
        runOperation(operation, event, signal, { access, recordAccess }),
      );
      return outcome.ok
        ? toResponse(operation.definition, outcome.value)
        : refusal(outcome.failure, requestId, telling(event));
    });
}
