import { type BoundOperation, bindOpen } from "../bind.ts";
import { getDocs } from "./get-docs.ts";
import { getHealth } from "./get-health.ts";
import { getOpenapi } from "./get-openapi.ts";
import type { OpenapiDocument } from "./openapi-document.ts";
import { publicOperations as operations } from "./operations.ts";

/** All operations that anybody may call, each with its code. */
export const bindAll = (document: OpenapiDocument): BoundOperation[] => [
  bindOpen(operations.getHealth, getHealth),
  bindOpen(operations.getOpenapi, getOpenapi(document)),
  bindOpen(operations.getDocs, getDocs(document)),
];
