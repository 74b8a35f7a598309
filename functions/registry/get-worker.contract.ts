import * as z from "zod/mini";
import { WorkerId } from "../../shared/domain/ids.ts";
import { RevealReason } from "../../shared/domain/registry/worker.ts";
import { reading } from "../kit/agency-operation.ts";
import type { OperationContract, OperationDocs } from "../kit/operation.ts";
import { RevealedWorkerView } from "./worker-view.ts";

export const getWorkerContract = {
  ...reading,
  id: "get-worker",
  path: "/v1/agency/workers/{workerId}",
  params: z.strictObject({ workerId: WorkerId }),
  query: z.strictObject({ reveal: z.optional(RevealReason) }),
  answer: { status: 200, schema: RevealedWorkerView },
  audit: { reads: "NAMED" },
} as const satisfies OperationContract;

export const getWorkerDocs = (): OperationDocs => ({
  summary: {
    en: "Read a worker, masked; the agency with a reason, which goes on record, as the person is named",
    zh: "查询职工：默认脱敏；经办机构写明理由方可查看未脱敏信息，理由留痕",
  },
  failures: ["WORKER_NOT_FOUND"],
});
