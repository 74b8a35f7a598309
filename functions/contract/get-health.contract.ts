import * as z from "zod/mini";
import { noParams, type OperationContract } from "../kit/operation.ts";
import { open } from "./public-schemas.ts";

export const getHealthContract = {
  ...open,
  id: "get-health",
  path: "/health",
  summary: { en: "Is the service up?", zh: "服务是否可用" },
  params: noParams,
  answer: { status: 200, schema: z.object({ status: z.literal("UP") }) },
  audit: "NOTHING",
} as const satisfies OperationContract;
