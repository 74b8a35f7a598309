import * as z from "zod/mini";
import { WorkerId } from "../../shared/domain/ids.ts";
import { IdentityCorrection } from "../../shared/domain/registry/corrections.ts";
import { RevealReason, WorkerStatement } from "../../shared/domain/registry/worker.ts";
import { namesOneWorker, workerNameShape } from "../../shared/domain/visits/visit-requests.ts";
import { message, reading } from "../kit/agency-operation.ts";
import { noParams, noQuery, type OperationDefinition } from "../kit/operation.ts";
import { FoundWorkerView, RevealedWorkerView, WorkerView } from "./worker-view.ts";

/** Workers, masked unless there is a reason to see them. */
export const workerOperations = {
  putWorker: {
    ...message,
    id: "put-worker",
    path: "/v1/agency/workers",
    summary: { en: "State a worker; the same ID number is updated", zh: "登记职工" },
    body: WorkerStatement,
    answer: { status: 201, schema: WorkerView },
    failures: ["CARD_NUMBER_TAKEN", "ID_NUMBER_TAKEN"],
  },
  correctIdentity: {
    ...message,
    id: "correct-identity",
    path: "/v1/agency/workers/{workerId}/identity-corrections",
    summary: {
      en: "Correct a worker's number, card or name, or swap numbers with another worker; each worker, with cases and visits, stays the same",
      zh: "更正职工的证件号码、社保卡号或姓名，或与另一职工互换号码：职工及其认定、就诊不变，理由留痕",
    },
    params: z.strictObject({ workerId: WorkerId }),
    body: IdentityCorrection,
    answer: { status: 201, schema: WorkerView },
    failures: ["WORKER_NOT_FOUND", "ID_NUMBER_TAKEN", "CARD_NUMBER_TAKEN", "NUMBER_NOT_OF_OTHER"],
  },
  findWorker: {
    id: "find-worker",
    audience: "agency",
    roles: ["agency"],
    message: false,
    method: "POST",
    path: "/v1/agency/worker-lookups",
    summary: {
      en: "Find a worker by ID or card number, masked, with the numbers of the worker's cases and the stay that holds a bed",
      zh: "按证件号码或社保卡号查找职工（脱敏显示，附工伤认定编号和占床的住院）",
    },
    params: noParams,
    query: noQuery,
    body: z.strictObject(workerNameShape).check(...namesOneWorker),
    answer: { status: 200, schema: FoundWorkerView },
    failures: ["WORKER_NOT_FOUND"],
  },
  getWorker: {
    ...reading,
    id: "get-worker",
    path: "/v1/agency/workers/{workerId}",
    summary: {
      en: "Read a worker, masked; the agency with a reason, which goes on record, as the person is named",
      zh: "查询职工：默认脱敏；经办机构写明理由方可查看未脱敏信息，理由留痕",
    },
    params: z.strictObject({ workerId: WorkerId }),
    query: z.strictObject({ reveal: z.optional(RevealReason) }),
    answer: { status: 200, schema: RevealedWorkerView },
    failures: ["WORKER_NOT_FOUND"],
  },
} as const satisfies Record<string, OperationDefinition>;
