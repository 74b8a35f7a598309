import { CfnOutput, Duration, RemovalPolicy, Stack, type StackProps } from "aws-cdk-lib";
import { AccessLogFormat } from "aws-cdk-lib/aws-apigateway";
import {
  CorsHttpMethod,
  type CorsPreflightOptions,
  HttpApi,
  HttpMethod,
  HttpRoute,
  HttpRouteKey,
  HttpStage,
  LogGroupLogDestination,
} from "aws-cdk-lib/aws-apigatewayv2";
import { HttpJwtAuthorizer } from "aws-cdk-lib/aws-apigatewayv2-authorizers";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import type { Construct } from "constructs";
import { type Audience, isForAgency, type OperationContract } from "../../../functions/kit/operation.ts";
import { cors } from "../../console-access.ts";
import { type AudienceProfile, audiences } from "../audiences.ts";
import { acknowledge } from "../constructs/acknowledge.ts";
import { ServiceFunction } from "../constructs/service-function.ts";
import { tableEnvironment, tableNames } from "../constructs/table-environment.ts";
import { grantTableAccess, grantUploads } from "../grants.ts";
import { grantPersonalData, hasCommonJs, hasKeys, personalDataEnvironment } from "../personal-data.ts";
import { setRouteThrottles } from "../route-throttles.ts";
import type { StageSettings } from "../stages.ts";
import type { DataStack } from "./data-stack.ts";
import type { FilesStack } from "./files-stack.ts";

export interface ApiStackProps extends StackProps {
  readonly stage: StageSettings;
  readonly data: DataStack;
  readonly files: FilesStack;
  readonly operations: readonly OperationContract[];
}

/** The API: one route for each operation, one function for each audience. */
export class ApiStack extends Stack {
  readonly httpApi: HttpApi;
  readonly accessLog: LogGroup;
  readonly functions: ReadonlyMap<Audience, ServiceFunction>;

  constructor(scope: Construct, id: string, props: ApiStackProps) {
    super(scope, id, props);
    const { stage, operations } = props;
    this.functions = makeFunctions(this, props);
    this.httpApi = new HttpApi(this, "Api", {
      apiName: this.stackName,
      description: "Settlement of medical bills for work injuries",
      createDefaultStage: false,
      ...(stage.consoleOrigin === undefined ? {} : { corsPreflight: corsFor(stage.consoleOrigin) }),
    });
    const routes = makeRoutes(this, this.httpApi, this.functions, props);
    this.accessLog = new LogGroup(this, "AccessLog", {
      retention: stage.logRetentionDays,
      removalPolicy: stage.removal === "retain" ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    const httpStage = new HttpStage(this, "Stage", {
      httpApi: this.httpApi,
      stageName: "$default",
      autoDeploy: true,
      throttle: { rateLimit: stage.throttle.each.ratePerSecond, burstLimit: stage.throttle.each.burst },
      accessLogSettings: {
        destination: new LogGroupLogDestination(this.accessLog),
        format: AccessLogFormat.custom(JSON.stringify(toAccessLogLine(stage))),
      },
    });
    setRouteThrottles(httpStage, stage.throttle.routes, operations);
    // A stage may name only routes that exist already.
    httpStage.node.addDependency(...routes);
    new CfnOutput(this, "ApiUrl", {
      value: this.httpApi.apiEndpoint,
      description: "Where the API is served",
    });
  }
}

/**
 * Who called what, when, and how it ended. The route and not the path, and neither query nor body: those could name
 * a person.
 */
const toAccessLogLine = ({ oidc }: StageSettings) => ({
  requestId: "$context.requestId",
  requestTime: "$context.requestTime",
  route: "$context.routeKey",
  status: "$context.status",
  errorType: "$context.error.responseType",
  authorizerError: "$context.authorizer.error",
  integrationError: "$context.integrationErrorMessage",
  latencyMs: "$context.responseLatency",
  integrationLatencyMs: "$context.integrationLatency",
  responseBytes: "$context.responseLength",
  subject: "$context.authorizer.claims.sub",
  ...claimInLog("role", oidc.roleClaim),
  ...claimInLog("institution", oidc.institutionClaim),
  sourceIp: "$context.identity.sourceIp",
});

const corsFor = (origin: string): CorsPreflightOptions => ({
  allowOrigins: [origin],
  allowMethods: cors.methods.map((method) => CorsHttpMethod[method]),
  allowHeaders: [...cors.headers],
  exposeHeaders: [...cors.exposed],
  maxAge: Duration.seconds(cors.maxAgeSeconds),
});

/** A claim whose name is a URL, as some issuers want it, cannot be named in a log format; the audit trail has it all the same. */
const claimInLog = (field: string, claim: string): Record<string, string> =>
  /^\w+$/.test(claim) ? { [field]: `$context.authorizer.claims.${claim}` } : {};

function makeFunctions(scope: Construct, props: ApiStackProps): ReadonlyMap<Audience, ServiceFunction> {
  const needed = new Set(props.operations.map((operation) => operation.audience));
  return new Map([...needed].map((audience) => [audience, makeFunction(scope, audience, props)]));
}

/** Only where the issuer has names of its own for them. */
function claimEnvironment({ oidc: { roleClaim, institutionClaim } }: StageSettings): Record<string, string> {
  return {
    ...(roleClaim === "role" ? {} : { ROLE_CLAIM: roleClaim }),
    ...(institutionClaim === "institution" ? {} : { INSTITUTION_CLAIM: institutionClaim }),
  };
}

/** Only for functions with an operation that the agency's people may call. */
const agencyEnvironment = (
  audience: Audience,
  { stage, operations }: ApiStackProps,
): Record<string, string> =>
  operations.some((each) => each.audience === audience && isForAgency(each))
    ? { AGENCY_CODES: stage.agencyCodes.join(",") }
    : {};

function limitEnvironment(audience: Audience, { perInstitution }: StageSettings): Record<string, string> {
  const { ratePerSecond, burst, lookupsPerHour } = perInstitution;
  if (audience === "public") return {};
  return {
    RATE_PER_SECOND: String(ratePerSecond),
    RATE_BURST: String(burst),
    ...(audience === "hospital" ? { LOOKUPS_PER_HOUR: String(lookupsPerHour) } : {}),
  };
}

function makeFunction(scope: Construct, audience: Audience, props: ApiStackProps): ServiceFunction {
  const { stage, data, files } = props;
  const profile: AudienceProfile = audiences[audience];
  const environment = {
    ...tableEnvironment(data.tables, profile.tables),
    ...personalDataEnvironment(data, stage, profile),
    ...claimEnvironment(stage),
    ...agencyEnvironment(audience, props),
    ...limitEnvironment(audience, stage),
  };
  const made = new ServiceFunction(scope, capitalised(audience), {
    stage,
    description: profile.purpose,
    entry: `functions/entry/${audience}.ts`,
    memoryMegabytes: profile.memoryMegabytes,
    hasCommonJs: hasCommonJs(profile),
    environment: {
      ...environment,
      ...(profile.opensUploads === true ? { FILES_BUCKET_URL: files.bucketUrl } : {}),
    },
    ...(profile.concurrency === undefined ? {} : { concurrency: profile.concurrency }),
    ...(hasKeys(profile) ? { environmentKey: data.secretsKey } : {}),
  });
  for (const name of tableNames) {
    grantTableAccess(made.role, data.tables[name], profile.tables[name] ?? []);
  }
  grantPersonalData(made, data, stage, profile);
  if (profile.opensUploads === true) grantUploads(made.role, files.bucket, "PUT");
  return made;
}

function makeRoutes(
  scope: Construct,
  httpApi: HttpApi,
  functions: ReadonlyMap<Audience, ServiceFunction>,
  { stage, operations }: ApiStackProps,
): readonly HttpRoute[] {
  const authorizer = new HttpJwtAuthorizer("Token", stage.oidc.issuer, { jwtAudience: stage.oidc.audiences });
  const integrations = new Map(
    [...functions].map(([audience, made]) => [
      audience,
      // One permission for the whole API: one for each route would soon fill the function's policy.
      new HttpLambdaIntegration(capitalised(audience), made.function, { scopePermissionToRoute: false }),
    ]),
  );
  const integrationOf = (audience: Audience): HttpLambdaIntegration => {
    const integration = integrations.get(audience);
    if (integration === undefined) throw new Error(`no function serves ${audience}`);
    return integration;
  };
  const routes = operations.map((operation) => {
    const integration = integrationOf(operation.audience);
    const route = new HttpRoute(scope, operation.id, {
      httpApi,
      routeKey: HttpRouteKey.with(operation.path, HttpMethod[operation.method]),
      integration,
      ...(operation.roles.length > 0 ? { authorizer } : {}),
    });
    // Only for the function that can read nothing: of another audience's operation, a lack of roles would be a mistake.
    if (operation.roles.length === 0 && operation.audience === "public") {
      acknowledge(
        route,
        "AwsSolutions-APIG4",
        "This operation names no role: it tells anybody the state or the description of the service, and its function " +
          "has no grant on any table.",
      );
    }
    return route;
  });
  // What is no operation is refused by the service, with its code and its headers, and not in API Gateway's own words.
  const other = new HttpRoute(scope, "Other", {
    httpApi,
    routeKey: HttpRouteKey.DEFAULT,
    integration: integrationOf("public"),
  });
  acknowledge(
    other,
    "AwsSolutions-APIG4",
    "Nothing is served here: whatever is no operation is told so, by a function that has no grant on any table.",
  );
  return [...routes, other];
}

const capitalised = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
