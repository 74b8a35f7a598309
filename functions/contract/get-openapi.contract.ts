import * as z from "zod/mini";
import { noParams, type OperationContract, type OperationDocs } from "../kit/operation.ts";
import { open } from "./open-to-all.ts";

export const getOpenapiContract = {
  ...open,
  id: "get-openapi",
  path: "/openapi.json",
  params: noParams,
  answer: { status: 200, schema: z.looseObject({ openapi: z.string() }) },
  audit: "NOTHING",
} as const satisfies OperationContract;

export const getOpenapiDocs = (): OperationDocs => ({
  summary: { en: "This contract as OpenAPI 3.1", zh: "接口文档（OpenAPI 3.1）" },
  failures: [],
});
