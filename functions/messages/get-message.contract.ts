import { unchanging } from "../kit/hospital-operation.ts";
import { noBody, noQuery, type OperationContract } from "../kit/operation.ts";
import { ofMessage } from "./message-schemas.ts";
import { MessageView } from "./message-views.ts";

export const getMessageContract = {
  ...unchanging,
  id: "get-message",
  method: "GET",
  path: "/v1/hospital/messages/{key}",
  summary: { en: "What became of my message?", zh: "查询报文结果" },
  params: ofMessage,
  query: noQuery,
  body: noBody,
  answer: { status: 200, schema: MessageView },
  failures: [],
  audit: { reads: "NAMED" },
} as const satisfies OperationContract;
