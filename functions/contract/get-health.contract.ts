import * as z from "zod/mini";
import { noParams, type OperationContract, type OperationDocs } from "../kit/operation.ts";
import { open } from "./open-to-all.ts";

export const getHealthContract = {
  ...open,
  id: "get-health",
  path: "/health",
  params: noParams,
  answer: { status: 200, schema: z.object({ status: z.literal("UP") }) },
  audit: "NOTHING",
} as const satisfies OperationContract;

export const getHealthDocs = (): OperationDocs => ({
  summary: { en: "Is the service up?", zh: "服务是否可用" },
  failures: [],
});
