import { unchanging } from "../kit/hospital-operation.ts";
import { noBody, noQuery, type OperationContract, type OperationDocs } from "../kit/operation.ts";
import { MessageView } from "./message-views.ts";
import { ofMessage } from "./of-message.ts";

export const getMessageContract = {
  ...unchanging,
  id: "get-message",
  method: "GET",
  path: "/v1/hospital/messages/{key}",
  params: ofMessage,
  query: noQuery,
  body: noBody,
  answer: { status: 200, schema: MessageView },
  audit: { reads: "NAMED" },
} as const satisfies OperationContract;

export const getMessageDocs = (): OperationDocs => ({
  summary: { en: "What became of my message?", zh: "查询报文结果" },
  failures: [],
  example: {
    answer: {
      key: "H33030400001-20261102-000137",
      status: "NOT_APPLIED",
      nextStep: {
        zh: "未生效。若报文可能仍在途中，请用同一报文编号（Idempotency-Key）重发，或冲正该报文使其永不生效。",
        en: "It took no effect so far. It may still be on its way: send it again with the same key, or cancel it for good.",
      },
    },
  },
});
