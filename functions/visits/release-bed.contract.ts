import * as z from "zod/mini";
import { RevealReason } from "../../shared/domain/registry/worker.ts";
import { message } from "../kit/agency-operation.ts";
import type { OperationContract, OperationDocs } from "../kit/operation.ts";
import { ofVisit } from "../kit/path-params.ts";
import { ReleasedBedView } from "./agency-visit-view.ts";

export const releaseBedContract = {
  ...message,
  id: "release-bed",
  path: "/v1/agency/visits/{visitId}/bed-release",
  params: ofVisit,
  body: z.strictObject({ reason: RevealReason }),
  answer: { status: 200, schema: ReleasedBedView },
  audit: "CHANGE",
  undo: { none: "The hospital admits anew, or cancels its discharge." },
} as const satisfies OperationContract;

export const releaseBedDocs = (): OperationDocs => ({
  summary: {
    en: "Free the bed of a stay that its hospital forgot to end; the stay itself stays as it is",
    zh: "释放未办出院的床位：就诊登记本身不变，理由留痕",
  },
  failures: [
    "VISIT_NOT_FOUND",
    "VISIT_NOT_A_STAY",
    "VISIT_NOT_OPEN",
    "VISIT_SETTLED",
    "VISIT_CANCELLED",
    "BED_NOT_HELD",
  ],
  example: {
    request: { reason: "医院漏办出院，已电话核实" },
  },
});
