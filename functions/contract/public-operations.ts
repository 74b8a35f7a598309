import * as z from "zod/mini";
import { noBody, noParams, noQuery, type OperationDefinition } from "../kit/operation.ts";

const open = {
  audience: "public",
  roles: [],
  message: false,
  method: "GET",
  query: noQuery,
  body: noBody,
  failures: [],
} as const;

export const publicOperations = {
  getHealth: {
    ...open,
    id: "get-health",
    path: "/health",
    summary: { en: "Is the service up?", zh: "服务是否可用" },
    params: noParams,
    answer: { status: 200, schema: z.object({ status: z.literal("UP") }) },
  },
  getOpenapi: {
    ...open,
    id: "get-openapi",
    path: "/openapi.json",
    summary: { en: "This contract as OpenAPI 3.1", zh: "接口文档（OpenAPI 3.1）" },
    params: noParams,
    answer: { status: 200, schema: z.looseObject({ openapi: z.string() }) },
  },
  getDocs: {
    ...open,
    id: "get-docs",
    path: "/docs",
    summary: { en: "This contract as a page to read", zh: "接口文档（网页）" },
    params: noParams,
    answer: { status: 200, schema: z.string(), mediaType: "text/html" },
  },
} as const satisfies Record<string, OperationDefinition>;
