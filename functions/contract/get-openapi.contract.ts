import * as z from "zod/mini";
import { noParams, type OperationContract } from "../kit/operation.ts";
import { open } from "./public-schemas.ts";

export const getOpenapiContract = {
  ...open,
  id: "get-openapi",
  path: "/openapi.json",
  summary: { en: "This contract as OpenAPI 3.1", zh: "接口文档（OpenAPI 3.1）" },
  params: noParams,
  answer: { status: 200, schema: z.looseObject({ openapi: z.string() }) },
  audit: "NOTHING",
} as const satisfies OperationContract;
