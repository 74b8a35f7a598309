import { WorkerStatement } from "../../shared/domain/registry/worker.ts";
import { message } from "../kit/agency-operation.ts";
import type { OperationContract, OperationDocs } from "../kit/operation.ts";
import { WorkerView } from "./worker-view.ts";

export const putWorkerContract = {
  ...message,
  id: "put-worker",
  path: "/v1/agency/workers",
  body: WorkerStatement,
  answer: { status: 201, schema: WorkerView },
  audit: "CHANGE",
  undo: { none: "The agency states a worker anew; a wrong number is mended by correct-identity." },
} as const satisfies OperationContract;

export const putWorkerDocs = (): OperationDocs => ({
  summary: { en: "State a worker; the same ID number is updated", zh: "登记职工" },
  failures: ["CARD_NUMBER_TAKEN", "ID_NUMBER_TAKEN"],
  example: {
    request: {
      idNumber: "999901198103290004",
      cardNumber: "DEMO000001",
      name: "罗雨",
      phone: "000-00000001",
      bankAccount: "0000000000000000001",
      frozen: false,
    },
  },
});
