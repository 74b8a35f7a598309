import * as z from "zod/mini";
import { noParams, type OperationContract, type OperationDocs } from "../kit/operation.ts";
import { open } from "./open-to-all.ts";

export const getDocsContract = {
  ...open,
  id: "get-docs",
  path: "/docs",
  params: noParams,
  answer: { status: 200, schema: z.string(), mediaType: "text/html" },
  audit: "NOTHING",
} as const satisfies OperationContract;

export const getDocsDocs = (): OperationDocs => ({
  summary: { en: "This contract as a page to read", zh: "接口文档（网页）" },
  failures: [],
});
