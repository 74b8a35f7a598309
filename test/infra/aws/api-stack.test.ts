import { describe, expect, it, test } from "vitest";
import { operations } from "../../../functions/contract/operations.ts";
import type { Audience } from "../../../functions/kit/operation.ts";
import { addService } from "../../../infra/aws/service.ts";
import { getStage } from "../../../infra/aws/stages.ts";
import { makeApp, resourceNamed, resourcesOf, stagesUnderTest, synthesise } from "./synthesise.ts";

const ROUTE = "AWS::ApiGatewayV2::Route";
const FUNCTION = "AWS::Lambda::Function";
const servedAudiences = [...new Set(operations.map(({ audience }) => audience))];

const functionName = (audience: Audience): string =>
  `${audience.charAt(0).toUpperCase()}${audience.slice(1)}Function`;

describe.each(stagesUnderTest)("the API of stage %s", (name) => {
  const { templates, stage } = synthesise(name);
  const { api } = templates;
  const routes = [...resourcesOf(api, ROUTE).values()].map((route) => route.Properties);

  it("has exactly one route for each operation, and one more, for whatever is none", () => {
    expect(routes.map((route) => route.RouteKey).toSorted()).toEqual(
      [...operations.map(({ method, path }) => `${method} ${path}`), "$default"].toSorted(),
    );
  });

  it("what is no operation is refused by the function that has no grants, and seldom", () => {
    const other = routes.find(({ RouteKey }) => RouteKey === "$default");
    const health = routes.find(({ RouteKey }) => RouteKey === "GET /health");
    expect(other).toMatchObject({ AuthorizationType: "NONE", Target: health?.Target });
    const [stageProperties] = [...resourcesOf(api, "AWS::ApiGatewayV2::Stage").values()];
    expect(stageProperties?.Properties).toMatchObject({
      RouteSettings: { $default: { ThrottlingRateLimit: 10, ThrottlingBurstLimit: 20 } },
    });
  });

  it.each(operations)("$id asks for a token if and only if it names roles", ({ method, path, roles }) => {
    const route = routes.find((candidate) => candidate.RouteKey === `${method} ${path}`);
    if (roles.length === 0) {
      expect(route).toMatchObject({ AuthorizationType: "NONE" });
      expect(route).not.toHaveProperty("AuthorizerId");
    } else {
      expect(route).toMatchObject({ AuthorizationType: "JWT", AuthorizerId: { Ref: expect.any(String) } });
    }
  });

  it("an operation without roles is served by the function that has no grants", () => {
    expect(operations.filter(({ roles, audience }) => roles.length === 0 && audience !== "public")).toEqual(
      [],
    );
  });

  it("tokens are those of the stage's issuer, for the stage's audiences", () => {
    const authorizers = [...resourcesOf(api, "AWS::ApiGatewayV2::Authorizer").values()];
    expect(authorizers.map((authorizer) => authorizer.Properties)).toMatchObject([
      {
        AuthorizerType: "JWT",
        JwtConfiguration: { Issuer: stage.oidc.issuer, Audience: stage.oidc.audiences },
      },
    ]);
  });

  it("opens itself to no other web page", () => {
    for (const { Properties } of resourcesOf(api, "AWS::ApiGatewayV2::Api").values()) {
      expect(Properties).toMatchObject({ ProtocolType: "HTTP" });
      expect(Properties).not.toHaveProperty("CorsConfiguration");
    }
  });

  it("has one function for each audience", () => {
    expect(resourcesOf(api, FUNCTION).size).toBe(servedAudiences.length);
  });

  it.each(servedAudiences)("%s: Node 24 on arm64, and stopped before API Gateway gives up", (audience) => {
    const { Properties } = resourceNamed(api, FUNCTION, functionName(audience));
    expect(Properties).toMatchObject({
      Runtime: "nodejs24.x",
      Architectures: ["arm64"],
      Handler: "index.handler",
      MemorySize: audience === "hospital" ? 1769 : 1024,
      Timeout: 29,
    });
    expect(Properties.TracingConfig).toEqual(stage.tracing ? { Mode: "Active" } : undefined);
  });

  it.each([
    [
      "hospital",
      [
        "FILES_BUCKET_URL",
        "LEDGER_TABLE",
        "LOG_LEVEL",
        "LOOKUPS_PER_HOUR",
        "LOOKUP_KEY",
        "MESSAGE_KEY",
        "REGISTRY_TABLE",
        "WEBHOOK_KEY",
      ],
    ],
    ["enterprise", ["LEDGER_TABLE", "LOG_LEVEL", "MESSAGE_KEY", "REGISTRY_TABLE", "WEBHOOK_KEY"]],
    ["finance", ["AGENCY_CODES", "LEDGER_TABLE", "LOG_LEVEL", "REGISTRY_TABLE"]],
    [
      "agency",
      [
        "AGENCY_CODES",
        "LEDGER_TABLE",
        "LOG_LEVEL",
        "LOOKUP_KEY",
        "MESSAGE_KEY",
        "PERSONAL_DATA_KEY_ARN",
        "REGISTRY_TABLE",
        "WEBHOOK_KEY",
      ],
    ],
    ["auditor", ["AGENCY_CODES", "LEDGER_TABLE", "LOG_LEVEL"]],
    ["public", ["LOG_LEVEL"]],
  ] as const)("%s gets the variables %j and no others but its limits", (audience, variables) => {
    const limits = audience === "public" ? [] : ["RATE_BURST", "RATE_PER_SECOND"];
    const { Environment } = resourceNamed(api, FUNCTION, functionName(audience)).Properties;
    expect(Object.keys(Object(Object(Environment).Variables)).toSorted()).toEqual(
      [...variables, ...limits].toSorted(),
    );
  });

  it("the lookup key is read from its secret when the stack is deployed, and encrypted with our key", () => {
    for (const { Properties } of resourcesOf(api, FUNCTION).values()) {
      const variables = Object(Object(Properties.Environment).Variables);
      const secrets = [variables.LOOKUP_KEY, variables.MESSAGE_KEY].filter((each) => each !== undefined);
      if (secrets.length > 0) {
        for (const secret of secrets) expect(JSON.stringify(secret)).toContain("{{resolve:secretsmanager:");
        expect(JSON.stringify(Properties.KmsKeyArn)).toContain("SecretsKey");
      } else {
        expect(Properties).not.toHaveProperty("KmsKeyArn");
      }
    }
  });

  it("every log is kept for the stage's time, and for half a year in production", () => {
    const logs = [...resourcesOf(api, "AWS::Logs::LogGroup").values()];
    expect(logs).toHaveLength(servedAudiences.length + 1);
    for (const log of logs) {
      expect(log.Properties).toMatchObject({ RetentionInDays: stage.logRetentionDays });
    }
    for (const { Properties } of resourcesOf(api, FUNCTION).values()) {
      expect(Properties).toHaveProperty("LoggingConfig.LogGroup.Ref");
    }
    if (stage.name !== "dev") expect(stage.logRetentionDays).toBeGreaterThanOrEqual(180);
  });

  it("every access is logged with who, what and how it ended, but without path, query or body", () => {
    const { AccessLogSettings } = resourceNamed(api, "AWS::ApiGatewayV2::Stage", "Stage").Properties;
    const format = String(Object(AccessLogSettings).Format);
    for (const wanted of [
      "routeKey",
      "status",
      "authorizer.claims.sub",
      "authorizer.claims.institution",
      "requestId",
      "requestTime",
    ]) {
      expect(format).toContain(`$context.${wanted}`);
    }
    expect(format).not.toMatch(/\$context\.(?:path|rawPath|queryString|identity\.userAgent)/);
  });

  it("limits every route, and those named by the stage more tightly, once the routes exist", () => {
    const httpStage = resourceNamed(api, "AWS::ApiGatewayV2::Stage", "Stage");
    const { each, routes: tight } = stage.throttle;
    const tightened = Object.entries(tight).map(([id, throttle]) => {
      const operation = operations.find((candidate) => candidate.id === id);
      return [
        `${operation?.method} ${operation?.path}`,
        { ThrottlingRateLimit: throttle.ratePerSecond, ThrottlingBurstLimit: throttle.burst },
      ];
    });
    expect(httpStage.Properties).toMatchObject({
      StageName: "$default",
      DefaultRouteSettings: { ThrottlingRateLimit: each.ratePerSecond, ThrottlingBurstLimit: each.burst },
      RouteSettings: Object.fromEntries(tightened),
    });
    for (const throttle of Object.values(tight))
      expect(throttle.ratePerSecond).toBeLessThan(each.ratePerSecond);
    expect([httpStage.DependsOn].flat()).toEqual(expect.arrayContaining([...resourcesOf(api, ROUTE).keys()]));
  });
});

describe("what anybody may call without a token", () => {
  const open = operations.filter(({ audience }) => audience === "public");
  const own = { ThrottlingRateLimit: 10, ThrottlingBurstLimit: 20 };

  it.each(stagesUnderTest)(
    "has a throttle of its own on every route in stage %s, below the others'",
    (name) => {
      const { stage, templates } = synthesise(name);
      const { Properties } = resourceNamed(templates.api, "AWS::ApiGatewayV2::Stage", "Stage");
      const routes = ["$default", ...open.map(({ method, path }) => `${method} ${path}`)];
      expect(Properties).toMatchObject({
        RouteSettings: Object.fromEntries(routes.map((route) => [route, own])),
      });
      expect(own.ThrottlingRateLimit).toBeLessThan(stage.throttle.each.ratePerSecond);
    },
  );

  it("runs five times at once at most, so that it takes nothing from a function that asks for a token", () => {
    const functions = [...resourcesOf(synthesise("prod").templates.api, FUNCTION)];
    const limited = functions.flatMap(
      ([
        id,
        {
          Properties: { ReservedConcurrentExecutions: most },
        },
      ]) => (most === undefined ? [] : [[id.slice(0, -8), most]]),
    );
    expect(limited).toEqual([[functionName("public"), 5]]);
  });
});

describe("the console's page", () => {
  const corsOf = (consoleOrigin: string) => {
    const { api } = synthesise("prod", { consoleOrigin }).templates;
    return [...resourcesOf(api, "AWS::ApiGatewayV2::Api").values()].map(
      ({ Properties }) => Properties.CorsConfiguration,
    );
  };

  test("may call, and no other, with what calls need and without cookies", () => {
    expect(corsOf("https://console.example.org")).toEqual([
      {
        AllowOrigins: ["https://console.example.org"],
        AllowMethods: ["GET", "POST", "PUT", "PATCH"],
        AllowHeaders: ["authorization", "content-type", "idempotency-key"],
        ExposeHeaders: ["content-disposition", "idempotency-replayed", "link", "retry-after"],
        MaxAge: 600,
      },
    ]);
    const methods = new Set(operations.map(({ method }) => method));
    expect([...methods].toSorted()).toEqual(["GET", "PATCH", "POST", "PUT"]);
  });

  test.each(["*", "http://console.example.org", "https://console.example.org/app"])(
    "is not at %s",
    (origin) => {
      expect(() => corsOf(origin)).toThrow("consoleOrigin");
    },
  );
});

test("a claim that a log format cannot name is left out of it, and known to the functions", () => {
  const roleClaim = "https://issuer.example/role";
  const { api } = synthesise("prod", { roleClaim, institutionClaim: "org" }).templates;
  const { AccessLogSettings } = resourceNamed(api, "AWS::ApiGatewayV2::Stage", "Stage").Properties;
  const format = String(Object(AccessLogSettings).Format);
  expect(format).not.toContain("issuer.example");
  expect(format).toContain("$context.authorizer.claims.org");
  const { Environment } = resourceNamed(api, FUNCTION, "FinanceFunction").Properties;
  expect(Environment).toMatchObject({ Variables: { ROLE_CLAIM: roleClaim, INSTITUTION_CLAIM: "org" } });
});

test("what one institution may do is told to the functions, and a stage can allow more", () => {
  const { api } = synthesise("prod", { lookupsPerHour: "5000" }).templates;
  const variablesOf = (name: string) =>
    Object(Object(resourceNamed(api, FUNCTION, `${name}Function`).Properties.Environment).Variables);
  const rate = { RATE_PER_SECOND: "20", RATE_BURST: "40" };
  expect(variablesOf("Hospital")).toMatchObject({ ...rate, LOOKUPS_PER_HOUR: "5000" });
  expect(variablesOf("Finance")).toMatchObject(rate);
  expect(variablesOf("Finance")).not.toHaveProperty("LOOKUPS_PER_HOUR");
  expect(() => getStage("prod", { lookupsPerHour: "many" })).toThrow("perInstitution.lookupsPerHour");
});

describe("a stage that does not fit", () => {
  it("a limit for an operation that does not exist stops the synthesis", () => {
    const stage = getStage("dev");
    const app = makeApp({ bundles: false });
    const known = operations.filter(({ id }) => id !== "check-eligibility");
    expect(() => addService(app, stage, known)).toThrow(
      'the operation "check-eligibility", which does not exist',
    );
  });

  it("the runtime and the architecture can be those that a region offers", () => {
    const { api } = synthesise("cn", { runtime: "nodejs22.x", architecture: "x86_64" }).templates;
    for (const { Properties } of resourcesOf(api, FUNCTION).values()) {
      expect(Properties).toMatchObject({ Runtime: "nodejs22.x", Architectures: ["x86_64"] });
    }
  });
});
