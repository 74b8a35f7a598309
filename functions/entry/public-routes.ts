import { getDocsContract } from "../contract/get-docs.contract.ts";
import { getDocs } from "../contract/get-docs.ts";
import { getHealthContract } from "../contract/get-health.contract.ts";
import { getHealth } from "../contract/get-health.ts";
import { getOpenapiContract } from "../contract/get-openapi.contract.ts";
import { getOpenapi } from "../contract/get-openapi.ts";
import type { OpenapiDocument } from "../contract/openapi-document.ts";
import { type BoundOperation, bindOpen } from "../kit/bind.ts";

/** All operations that anybody may call, each with its code. */
export const bindAll = (document: OpenapiDocument): BoundOperation[] => [
  bindOpen(getHealthContract, getHealth),
  bindOpen(getOpenapiContract, getOpenapi(document)),
  bindOpen(getDocsContract, getDocs(document)),
];
