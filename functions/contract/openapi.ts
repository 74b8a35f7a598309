import type { Audience, OperationContract } from "../kit/operation.ts";
import { bodyLimitOf, noBody } from "../kit/operation.ts";
import { type ContractSchemas, makeContractSchemas } from "./contract-schemas.ts";
import { parameterExamples } from "./examples.ts";
import { failureResponses } from "./failure-responses.ts";
import { introduction } from "./introduction.ts";
import {
  bothLanguages,
  type JsonSchema,
  type MediaType,
  type OpenapiDocument,
  type OpenapiOperation,
  type OpenapiResponse,
  type Parameter,
  type PathItem,
} from "./openapi-document.ts";
import { docsOf } from "./operation-docs.ts";

const tags: Readonly<Record<Audience, string>> = {
  hospital: "协议机构 · Designated hospitals",
  enterprise: "用人单位 · Employers",
  finance: "财务 · Finance",
  agency: "经办机构 · The agency",
  auditor: "审计 · Auditors",
  public: "公开，不需令牌 · Everybody, without a token",
};

const securitySchemes = {
  bearer: {
    type: "http",
    scheme: "bearer",
    bearerFormat: "JWT",
    description:
      "任一 OpenID Connect 身份提供方签发的令牌，含 sub、role 与 institution · A token of any OpenID Connect provider with the claims sub, role and institution",
  },
  clientCredentials: {
    type: "oauth2",
    description: "本机运行时的令牌端点 · Where tokens come from on one machine",
    flows: { clientCredentials: { tokenUrl: "/oauth/token", scopes: {} } },
  },
} as const;

const idempotencyKey: Parameter = {
  name: "Idempotency-Key",
  in: "header",
  required: true,
  description: bothLanguages({
    zh: "报文编号，本机构内唯一；重发时不变；不得含证件号码",
    en: "The caller's id of the message, unique in the institution; a repeat has the same; it may not have an ID number in it",
  }),
  schema: { type: "string", pattern: "^[A-Za-z0-9_.:-]{1,64}$" },
  example: "H33030400001202611020930000001",
};

const replayed = {
  "Idempotency-Replayed": {
    description: bothLanguages({
      zh: "为 true 时，这是先前同一报文的应答",
      en: "true on the repeated answer of an earlier message",
    }),
    schema: { type: "string", const: "true" },
  },
} as const;

function toParameters(place: "path" | "query", schema: JsonSchema): Parameter[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    if (typeof field === "boolean") return [];
    const { description, ...rest } = field;
    const example = parameterExamples[name];
    return {
      name,
      in: place,
      required: place === "path" || (schema.required ?? []).includes(name),
      description: description ?? name,
      schema: rest,
      ...(place === "path" && example !== undefined ? { example } : {}),
    };
  });
}

const withExample = (schema: JsonSchema, example: unknown): MediaType =>
  example === undefined ? { schema } : { schema, example };

function toAnswer(definition: OperationContract, schemas: ContractSchemas): OpenapiResponse {
  const { mediaType = "application/json", alternative } = definition.answer;
  const content = withExample(schemas.answerOf(definition), docsOf(definition).example?.answer);
  return {
    description: bothLanguages({ zh: "成功", en: "Success" }),
    ...(definition.message ? { headers: replayed } : {}),
    content: {
      [mediaType]: content,
      ...(alternative === undefined ? {} : { [alternative]: { schema: { type: "string" } } }),
    },
  };
}

function toSecurity({ roles }: OperationContract): OpenapiOperation["security"] {
  return roles.length === 0 ? [] : [{ bearer: [...roles] }, { clientCredentials: [] }];
}

function describeOperation({ roles, message }: OperationContract, query: JsonSchema): string {
  const access =
    roles.length === 0
      ? bothLanguages({ zh: "不需令牌", en: "No token is needed" })
      : `${bothLanguages({ zh: "身份", en: "Role" })}: ${roles.map((role) => `\`${role}\``).join(", ")}`;
  const once = bothLanguages({
    zh: "同一报文编号（Idempotency-Key）只生效一次",
    en: "Takes effect once for each Idempotency-Key",
  });
  return [
    access,
    ...(message ? [once] : []),
    ...(query.description === undefined ? [] : [query.description]),
  ].join("\n\n");
}

const describeLimit = (bytes: number): string =>
  bothLanguages({
    zh: `UTF-8 编码的 JSON，至多 ${bytes.toLocaleString("en")} 字节`,
    en: `JSON in UTF-8, ${bytes.toLocaleString("en")} bytes at most`,
  });

function toOperation(definition: OperationContract, schemas: ContractSchemas): OpenapiOperation {
  const query = schemas.addressOf(definition, "query");
  const { summary, example } = docsOf(definition);
  const body = schemas.requestOf(definition);
  return {
    operationId: definition.id,
    tags: [definition.audience],
    summary: bothLanguages(summary),
    description: describeOperation(definition, query),
    security: toSecurity(definition),
    parameters: [
      ...toParameters("path", schemas.addressOf(definition, "path")),
      ...toParameters("query", query),
      ...(definition.message ? [idempotencyKey] : []),
    ],
    ...(definition.body === noBody
      ? {}
      : {
          requestBody: {
            description: describeLimit(bodyLimitOf(definition)),
            required: definition.body._zod.optin === undefined,
            content: { "application/json": withExample(body, example?.request) },
          },
        }),
    responses: {
      [String(definition.answer.status)]: toAnswer(definition, schemas),
      ...failureResponses(definition),
    },
  };
}

/** The contract as OpenAPI 3.1, from the operations and their schemas alone. */
export function makeOpenapi(operations: readonly OperationContract[]): OpenapiDocument {
  const schemas = makeContractSchemas(operations);
  const paths: Record<string, PathItem> = {};
  for (const definition of operations) {
    const method = definition.method.toLowerCase();
    paths[definition.path] = { ...paths[definition.path], [method]: toOperation(definition, schemas) };
  }
  const audiences = new Set(operations.map(({ audience }) => audience));
  return {
    openapi: "3.1.1",
    info: {
      title: "工伤医疗费用联网结算 · Work-injury settlement",
      version: "1.0.0",
      description: introduction,
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: "/", description: "本服务 · This service" }],
    tags: [...audiences].map((name) => ({ name, description: tags[name] })),
    paths,
    components: { schemas: schemas.components, securitySchemes },
  };
}
