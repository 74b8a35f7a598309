import { getDocs } from "../contract/get-docs.ts";
import { getHealth } from "../contract/get-health.ts";
import { getOpenapi } from "../contract/get-openapi.ts";
import type { OpenapiDocument } from "../contract/openapi-document.ts";
import { publicOperations as operations } from "../contract/public-operations.ts";
import { type BoundOperation, bindOpen } from "../kit/bind.ts";

/** All operations that anybody may call, each with its code. */
export const bindAll = (document: OpenapiDocument): BoundOperation[] => [
  bindOpen(operations.getHealth, getHealth),
  bindOpen(operations.getOpenapi, getOpenapi(document)),
  bindOpen(operations.getDocs, getDocs(document)),
];
