import { WorkerStatement } from "../../shared/domain/registry/worker.ts";
import { message } from "../kit/agency-operation.ts";
import type { OperationContract } from "../kit/operation.ts";
import { WorkerView } from "./worker-view.ts";

export const putWorkerContract = {
  ...message,
  id: "put-worker",
  path: "/v1/agency/workers",
  summary: { en: "State a worker; the same ID number is updated", zh: "登记职工" },
  body: WorkerStatement,
  answer: { status: 201, schema: WorkerView },
  failures: ["CARD_NUMBER_TAKEN", "ID_NUMBER_TAKEN"],
  audit: "CHANGE",
  undo: { none: "The agency states a worker anew; a wrong number is mended by correct-identity." },
} as const satisfies OperationContract;
