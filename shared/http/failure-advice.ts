import type { Sentence } from "../domain/failure-text.ts";
import type { FailureCode } from "../domain/failures.ts";
import { failureStatus } from "./failure-status.ts";

/** What a caller should do, by status. */
export const adviceForStatus: Readonly<Partial<Record<number, Sentence>>> = {
  400: {
    zh: "请求本身不合格式，改正后再发",
    en: "The request itself is malformed: mend it, then send it again",
  },
  401: { zh: "取得新的访问令牌后再发", en: "Get a fresh access token, then send it again" },
  403: {
    zh: "换用有权身份的令牌；重发无用",
    en: "Use a token of a role that may; sending it again is no use",
  },
  404: {
    zh: "核对编号；其他机构的数据同样答 404",
    en: "Check the id; what belongs to another institution is answered the same way",
  },
  405: {
    zh: "核对请求方法，见接口文档",
    en: "Check the method against the contract",
  },
  408: {
    zh: "检查网络后原样重发",
    en: "Check the connection, then send the same",
  },
  409: {
    zh: "与当前状态冲突：先查询现状，再决定下一步",
    en: "In conflict with the present state: read it, then decide",
  },
  413: { zh: "分成几次上传", en: "Send it in several parts" },
  422: { zh: "逐项改正 errors 所列内容", en: "Correct what errors names, item by item" },
  429: {
    zh: "按 Retry-After 等待后原样重发",
    en: "Wait for Retry-After, then send the same",
  },
  500: { zh: "稍后原样重发", en: "Send the same again a little later" },
  503: {
    zh: "按 Retry-After 等待后原样重发",
    en: "Wait for Retry-After, then send the same",
  },
};

/** The same for messages, where it is another thing: a key decides what a repeat means. */
export const adviceForMessages: typeof adviceForStatus = {
  ...adviceForStatus,
  422: {
    zh: "逐项改正 errors 所列内容；被拒的报文没有生效，改正后可用原报文编号",
    en: "Correct what errors names, item by item; a refused message took no effect and its key is still free",
  },
  500: {
    zh: "结果未知：内容不变，用同一报文编号（Idempotency-Key）重发",
    en: "Outcome unknown: send it again unchanged, with the same Idempotency-Key",
  },
  503: {
    zh: "结果未定：按 Retry-After 等待，内容不变，用同一报文编号（Idempotency-Key）重发；或查询、冲正该报文",
    en: "Not certain: wait for Retry-After, then send it again unchanged with the same Idempotency-Key; or ask what became of it, or cancel it",
  },
};

/** What a caller should do, by code, where that says more than the status does. */
export type Advice = Readonly<Partial<Record<FailureCode, Sentence>>>;

/** Of refusals that a call of any audience may meet, and of webhooks, which three of them have. */
export const commonAdvice: Advice = {
  ROUTE_NOT_FOUND: { zh: "核对请求地址，见接口文档", en: "check the path against the contract" },
  BODY_NOT_UTF8: { zh: "以 UTF-8 编码发送", en: "send it in UTF-8" },
  BODY_NOT_TAKEN: { zh: "去掉请求体", en: "send it without a body" },
  HOST_NOT_LOCAL: {
    zh: "改用 127.0.0.1 或 localhost 访问；从其他机器请经 SSH 隧道",
    en: "ask by 127.0.0.1 or localhost; from another machine come by an SSH tunnel",
  },
  INSTITUTION_UNKNOWN: {
    zh: "核对令牌的 institution；无误则请经办机构登记本机构",
    en: "check the token's institution; if it is right, ask the agency to state it",
  },
  IDEMPOTENCY_KEY_REQUIRED: {
    zh: "加上自编的报文编号，每个新报文各用一个，重发时不变",
    en: "send one of your own: another for each new message, the same for a repeat",
  },
  IDEMPOTENCY_KEY_REUSED: {
    zh: "新报文用新的报文编号；重发须内容不变",
    en: "give a new message a new key; a repeat must have the same content",
  },
  MESSAGE_CANCELLED: {
    zh: "若仍需办理，用新的报文编号另发",
    en: "if it is still wanted, send it as a new message with a new key",
  },
  CURSOR_INVALID: { zh: "从第一页重新查询", en: "start again from the first page" },
  TOO_MANY_WEBHOOKS: { zh: "修改已有的推送地址", en: "state one of them anew instead" },
  WEBHOOK_INACTIVE: { zh: "先启用该推送地址", en: "switch it on first" },
};

const capitalise = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** How refusals are told: whether the call takes an Idempotency-Key, and the advice that its audience's function carries. */
export interface Telling {
  readonly isMessage: boolean;
  readonly adviceForCode: Advice;
}

/** What to do about a refusal, in both languages. */
export function adviceOf(code: FailureCode, { isMessage, adviceForCode }: Telling): string | undefined {
  const byStatus = isMessage ? adviceForMessages : adviceForStatus;
  const advice = adviceForCode[code] ?? byStatus[failureStatus[code]];
  return advice === undefined ? undefined : `${advice.zh} · ${capitalise(advice.en)}`;
}
