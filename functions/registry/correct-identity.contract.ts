import * as z from "zod/mini";
import { WorkerId } from "../../shared/domain/ids.ts";
import { IdentityCorrection } from "../../shared/domain/registry/corrections.ts";
import { message } from "../kit/agency-operation.ts";
import type { OperationContract, OperationDocs } from "../kit/operation.ts";
import { WorkerView } from "./worker-view.ts";

export const correctIdentityContract = {
  ...message,
  id: "correct-identity",
  path: "/v1/agency/workers/{workerId}/identity-corrections",
  params: z.strictObject({ workerId: WorkerId }),
  body: IdentityCorrection,
  answer: { status: 201, schema: WorkerView },
  audit: "CHANGE",
  undo: { none: "A correction is mended by another one." },
} as const satisfies OperationContract;

export const correctIdentityDocs = (): OperationDocs => ({
  summary: {
    en: "Correct a worker's number, card or name, or swap numbers with another worker; each worker, with cases and visits, stays the same",
    zh: "更正职工的证件号码、社保卡号或姓名，或与另一职工互换号码：职工及其认定、就诊不变，理由留痕",
  },
  failures: ["WORKER_NOT_FOUND", "ID_NUMBER_TAKEN", "CARD_NUMBER_TAKEN", "NUMBER_NOT_OF_OTHER"],
  example: {
    request: { idNumber: "999901198103290004", reason: "身份证号码录入有误，已核对户口簿" },
  },
});
