import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { makeOpenapi } from "../../../functions/contract/openapi.ts";
import { operations } from "../../../functions/contract/operations.ts";
import { bindAll as bindAgency } from "../../../functions/entry/agency-routes.ts";
import { bindAll as bindAuditor } from "../../../functions/entry/auditor-routes.ts";
import { bindAll as bindEnterprise } from "../../../functions/entry/enterprise-routes.ts";
import { bindAll as bindFinance } from "../../../functions/entry/finance-routes.ts";
import { bindAll as bindHospital } from "../../../functions/entry/hospital-routes.ts";
import { bindAll as bindPublic } from "../../../functions/entry/public-routes.ts";
import { type ApiEvent, type ApiHandler, makeApiHandler } from "../../../functions/kit/api-handler.ts";
import type { BoundOperation } from "../../../functions/kit/bind.ts";
import type { Audience, OperationContract } from "../../../functions/kit/operation.ts";
import { makeServices } from "../../../functions/kit/services.ts";
import { roles, standardClaimNames } from "../../../shared/http/caller.ts";
import { fullAdvice } from "../../../shared/http/full-advice.ts";
import { checkAnswer } from "../../support/contract.ts";
import { testPersonServices } from "../../support/test-keys.ts";

// Nothing listens there: no test of this file gets as far as a table.
const NO_ENGINE = "http://127.0.0.1:9";

const services = {
  ...makeServices({
    registryTable: "Registry",
    ledgerTable: "Ledger",
    dynamodbEndpoint: NO_ENGINE,
    personalData: {
      kind: "KEYS",
      lookup: undefined,
      messages: undefined,
      webhooks: undefined,
      keyArn: undefined,
      keyArnsBefore: [],
    },
    claimNames: standardClaimNames,
    agencyCodes: [],
    rateLimit: { perSecond: 1_000, burst: 1_000 },
    lookupsPerHour: 600,
    webhooksAllowHttp: undefined,
    logLevel: "ERROR",
  }),
  ...testPersonServices,
};
const boundBy: Readonly<Record<Audience, readonly BoundOperation[]>> = {
  hospital: bindHospital(services),
  enterprise: bindEnterprise(services),
  finance: bindFinance(services),
  agency: bindAgency(services),
  auditor: bindAuditor(services),
  public: bindPublic(makeOpenapi(operations)),
};
const audiences = Object.keys(boundBy) as Audience[];

const routeOf = ({ method, path }: OperationContract): string => `${method} ${path}`;

describe("the operations", () => {
  it("let an auditor change nothing, and read what finance and the agency read, but no webhook", () => {
    const ofAuditors = operations.filter(({ roles: allowed }) => allowed.includes("auditor"));
    expect(ofAuditors.filter(({ method }) => method !== "GET")).toEqual([]);
    const readings = operations.filter(
      ({ audience, method, path }) =>
        method === "GET" &&
        (audience === "finance" || audience === "agency" || audience === "auditor") &&
        !path.includes("/webhooks"),
    );
    expect(readings.map(routeOf)).toContain("GET /v1/agency/cases/{caseNo}");
    expect(ofAuditors.map(routeOf)).toEqual(readings.map(routeOf));
  });

  it("let the agency read all that finance reads", () => {
    const ofFinance = operations.filter(({ audience }) => audience === "finance");
    expect(ofFinance.length).toBeGreaterThan(0);
    expect(ofFinance.filter(({ roles: allowed }) => !allowed.includes("agency"))).toEqual([]);
  });

  it("are bound each by the handler of its audience, once, and no others are", () => {
    const bound = audiences.flatMap((audience) =>
      boundBy[audience].map(({ definition }) => `${audience} ${definition.id}`),
    );
    expect(bound.sort()).toEqual(operations.map(({ audience, id }) => `${audience} ${id}`).sort());
  });

  it("are bound with the definition of the list itself", () => {
    const bound = audiences.flatMap((audience) => boundBy[audience].map(({ definition }) => definition));
    expect(new Set(bound)).toEqual(new Set(operations));
    expect(bound.every((definition) => operations.includes(definition))).toBe(true);
  });

  it("ask for no token only where no role is named, and only of the public audience", () => {
    for (const { access, definition } of audiences.flatMap((audience) => boundBy[audience])) {
      expect([definition.id, access]).toEqual([
        definition.id,
        definition.roles.length === 0 ? "OPEN" : "ROLES",
      ]);
      expect([definition.id, definition.audience === "public"]).toEqual([definition.id, access === "OPEN"]);
    }
  });

  it("have ids and routes of their own", () => {
    expect(new Set(operations.map(({ id }) => id)).size).toBe(operations.length);
    expect(new Set(operations.map(routeOf)).size).toBe(operations.length);
  });
});

type Claims = Readonly<Record<string, unknown>>;
type Sent = Partial<Pick<ApiEvent, "body" | "queryStringParameters">>;

function makeEvent(routeKey: string, claims?: Claims, sent: Sent = {}): ApiEvent {
  const requestContext = {
    requestId: "request-1",
    ...(claims === undefined ? {} : { authorizer: { jwt: { claims } } }),
  };
  return { routeKey, headers: {}, requestContext, isBase64Encoded: false, ...sent } as ApiEvent;
}

async function call(handler: ApiHandler | undefined, event: ApiEvent) {
  if (handler === undefined) throw new Error("no handler");
  return handler(event, { getRemainingTimeInMillis: () => 29_000 } as Parameters<ApiHandler>[1]);
}

/** A handler for which every institution is known, and nothing is on record. */
const withoutTables = (audience: Audience): ApiHandler =>
  makeApiHandler(boundBy[audience], services, async ({ outcome }) => outcome, fullAdvice);

const codeOf = (body: string): unknown => (JSON.parse(body) as { code?: unknown }).code;

describe("the handlers", () => {
  const handlers = new Map<Audience, ApiHandler>();

  beforeAll(async () => {
    // Without tables no refusal gets into the audit trail, and each says so.
    vi.spyOn(process.stdout, "write").mockReturnValue(true);
    vi.stubEnv("DYNAMODB_ENDPOINT", NO_ENGINE);
    vi.stubEnv("LOG_LEVEL", "ERROR");
    vi.stubEnv("AWS_REGION", "local");
    // Without the key: a function that looks nobody up starts without it.
    vi.stubEnv("LOOKUP_KEY", undefined);
    for (const audience of ["public", "finance", "enterprise", "auditor"] as const) {
      handlers.set(audience, (await import(`../../../functions/entry/${audience}.ts`)).handler);
    }
    vi.stubEnv("LOOKUP_KEY", "k".repeat(32));
    vi.stubEnv("MESSAGE_KEY", "m".repeat(32));
    vi.stubEnv("PERSONAL_DATA_KEY_ARN", "arn:aws:kms:eu-central-1:111122223333:key/none");
    for (const audience of ["hospital", "agency"] as const) {
      handlers.set(audience, (await import(`../../../functions/entry/${audience}.ts`)).handler);
    }
  });
  afterAll(() => {
    vi.restoreAllMocks();
  });

  it.each(operations.filter(({ roles }) => roles.length > 0))(
    "$id: refuses a call without a token",
    async (definition) => {
      const response = await call(
        handlers.get(definition.audience),
        makeEvent(routeOf(definition), undefined, { body: "{" }),
      );
      checkAnswer(definition, response);
      expect([response.statusCode, codeOf(response.body)]).toEqual([401, "UNAUTHENTICATED"]);
    },
  );

  it.each(operations.filter(({ roles }) => roles.length > 0))(
    "$id: refuses every other role, and a role that there is not",
    async (definition) => {
      const others = roles.filter((role) => !definition.roles.includes(role));
      expect(others.length).toBeGreaterThan(0);
      for (const role of others) {
        const event = makeEvent(routeOf(definition), { sub: "x", role, institution: "X" }, { body: "{" });
        const response = await call(handlers.get(definition.audience), event);
        checkAnswer(definition, response);
        expect([role, response.statusCode, codeOf(response.body)]).toEqual([role, 403, "FORBIDDEN"]);
      }
      for (const claims of [
        { sub: "x", role: "root", institution: "X" },
        { sub: "x", role: "agency" },
        { institution: "X" },
        {},
      ]) {
        const response = await call(
          handlers.get(definition.audience),
          makeEvent(routeOf(definition), claims),
        );
        expect([response.statusCode, codeOf(response.body)]).toEqual([401, "UNAUTHENTICATED"]);
      }
    },
  );

  it.each(operations.filter(({ body, roles }) => roles.length > 0 && body._zod.def.type !== "undefined"))(
    "$id: refuses a body that is no JSON",
    async (definition) => {
      const event = makeEvent(
        routeOf(definition),
        { sub: "x", role: definition.roles[0], institution: "X" },
        { body: "{" },
      );
      const response = await call(withoutTables(definition.audience), event);
      checkAnswer(definition, response);
      expect([response.statusCode, codeOf(response.body)]).toEqual([400, "BODY_NOT_JSON"]);
    },
  );

  it.each(operations.filter(({ roles }) => roles.length === 0))(
    "$id: answers without a token",
    async (definition) => {
      const response = await call(handlers.get("public"), makeEvent(routeOf(definition)));
      checkAnswer(definition, response);
      expect(response.statusCode).toBe(200);
    },
  );

  it.each(operations)("$id: refuses a query that it does not know", async (definition) => {
    const [role] = definition.roles;
    const claims = role === undefined ? undefined : { sub: "x", role, institution: "X" };
    const event = makeEvent(routeOf(definition), claims, { queryStringParameters: { unknown: "1" } });
    event.headers["idempotency-key"] = "key-1";
    const response = await call(withoutTables(definition.audience), event);
    checkAnswer(definition, response);
    expect([response.statusCode, codeOf(response.body)]).toEqual([422, "INPUT_INVALID"]);
  });

  it("serve a page that browsers take nothing else with", async () => {
    const { headers } = await call(handlers.get("public"), makeEvent("GET /docs"));
    expect(headers["content-type"]).toBe("text/html; charset=utf-8");
    expect(headers["content-security-policy"]).toContain("default-src 'none'");
  });

  it("refuse what is no operation, as API Gateway's default route brings it", async () => {
    const response = await call(handlers.get("public"), makeEvent("$default"));
    expect([response.statusCode, codeOf(response.body)]).toEqual([404, "ROUTE_NOT_FOUND"]);
    expect(response.headers).toMatchObject({ "x-content-type-options": "nosniff" });
  });

  it.each(audiences)("%s: has no route of another audience", async (audience) => {
    for (const definition of operations.filter((each) => each.audience !== audience)) {
      const response = await call(handlers.get(audience), makeEvent(routeOf(definition)));
      expect([response.statusCode, codeOf(response.body)]).toEqual([404, "ROUTE_NOT_FOUND"]);
    }
  });
});
