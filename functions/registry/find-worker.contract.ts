import * as z from "zod/mini";
import { namesOneWorker, workerNameShape } from "../../shared/domain/visits/visit-requests.ts";
import { noParams, noQuery, type OperationContract, type OperationDocs } from "../kit/operation.ts";
import { FoundWorkerView } from "./worker-view.ts";

export const findWorkerContract = {
  id: "find-worker",
  audience: "agency",
  roles: ["agency"],
  message: false,
  method: "POST",
  path: "/v1/agency/worker-lookups",
  params: noParams,
  query: noQuery,
  body: z.strictObject(workerNameShape).check(...namesOneWorker),
  answer: { status: 200, schema: FoundWorkerView },
  audit: { reads: "NAMED" },
} as const satisfies OperationContract;

export const findWorkerDocs = (): OperationDocs => ({
  summary: {
    en: "Find a worker by ID or card number, masked, with the numbers of the worker's cases and the stay that holds a bed",
    zh: "按证件号码或社保卡号查找职工（脱敏显示，附工伤认定编号和占床的住院）",
  },
  failures: ["WORKER_NOT_FOUND"],
  example: {
    request: { cardNumber: "DEMO000001" },
  },
});
