import type { Sentence } from "../domain/failure-text.ts";
import type { FailureCode } from "../domain/failures.ts";
import { eligibilityAdvice } from "./eligibility-advice.ts";
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

/** What a caller should do where a code says more than its status does. */
export const adviceForCode: Readonly<Partial<Record<FailureCode, Sentence>>> = {
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
  ID_NUMBER_TAKEN: {
    zh: "核对证件号码与证件类型；两人号码互换或同一人重复登记的，办理身份更正（identity-corrections）并填 swapWith",
    en: "check the number and its type; if two workers' numbers were mixed up, or one person was stated twice, correct it by identity-corrections with swapWith",
  },
  CARD_NUMBER_TAKEN: {
    zh: "核对社保卡号；两人卡号互换的，办理身份更正（identity-corrections）并填 swapWith",
    en: "check the card number; if two workers' cards were mixed up, correct it by identity-corrections with swapWith",
  },
  NUMBER_NOT_OF_OTHER: {
    zh: "按证件号码或卡号查找职工（worker-lookups），核对 swapWith",
    en: "look the number up (worker-lookups) and check swapWith",
  },
  TOO_MANY_WEBHOOKS: { zh: "修改已有的推送地址", en: "state one of them anew instead" },
  WEBHOOK_INACTIVE: { zh: "先启用该推送地址", en: "switch it on first" },
  CASE_HAS_VISITS: {
    zh: "用人单位登记有误的，办理用人单位更正（POST /v1/agency/cases/{caseNo}/employer-corrections）",
    en: "where it was stated wrong, correct it by POST /v1/agency/cases/{caseNo}/employer-corrections",
  },
  SETTLEMENT_NOT_LATEST: {
    zh: "先撤销 settlementId 所列的最近一笔结算",
    en: "reverse the latest one first, which settlementId names",
  },
  NO_POLICY: { zh: "联系经办机构登记政策", en: "ask the agency to state a policy" },
  WORKER_NOT_FOUND: { zh: "核对职工编号、证件号码或卡号", en: "check the worker's id or number" },
  HOSPITAL_NOT_FOUND: { zh: "核对机构编码，或先登记", en: "check the code, or state the hospital first" },
  EMPLOYER_NOT_FOUND: { zh: "核对信用代码，或先登记", en: "check the code, or state the employer first" },
  CASE_NOT_FOUND: { zh: "核对认定编号，或先登记", en: "check the number, or state the case first" },
  CATALOGUE_ITEM_NOT_FOUND: {
    zh: "核对三目录编码，或先导入",
    en: "check the code, or state the item first",
  },
  PERIOD_UNKNOWN: {
    zh: "先查询该项目，核对有效期的开始日",
    en: "read the item, and give the first day of one of its periods",
  },
  PERIOD_OVERLAPS_ANOTHER: {
    zh: "同一次导入中再写一行，登记其后各日的价格；或一并写明那个有效期的新起止日，或先将其移除",
    en: "state the days after it in the same message as well, or that period anew with other days, or take it away first",
  },
  TOO_MANY_PERIODS: {
    zh: "先移除不再需要的旧有效期",
    en: "take away old periods that nothing is priced by any more",
  },
  ...eligibilityAdvice,
  BED_NOT_HELD: {
    zh: "释放床位无须再办；要结算的先办理出院，再作最终结算",
    en: "there is nothing left to free; to settle, discharge the worker first, and settle the whole",
  },
  DAY_NOT_OF_STAY: {
    zh: "只登记到转院当日；已登记的较晚明细请撤销；日期有误的，请与 errors 所列医院核对入院日期",
    en: "bill up to the day of the transfer, and revoke lines after it; where the days are wrong, check the admission with the hospital that errors names",
  },
  VISIT_NUMBER_TAKEN: {
    zh: "查询原登记，或换院内就诊号",
    en: "read the visit that has it, or use another number",
  },
  VISIT_NOT_OPEN: {
    zh: "如确需办理，先撤销结算或出院",
    en: "to do it all the same, take back the settlement or the discharge first",
  },
  VISIT_NOT_DISCHARGED: { zh: "结算前先办理出院", en: "discharge it before it is settled" },
  VISIT_NOT_A_STAY: {
    zh: "门诊类就诊不办出院，直接作最终结算（FINAL）",
    en: "settle it as FINAL, without a discharge",
  },
  VISIT_SETTLED: { zh: "查询结算即可", en: "read its settlement" },
  CASE_UNDECIDED: {
    zh: "继续治疗，不收押金；办理最终结算（FINAL）则先挂账，认定作出后自动结算或转出",
    en: "go on treating without a deposit; settled as FINAL it is deferred, and the decision settles or releases it",
  },
  NOTHING_TO_SETTLE: { zh: "先上传费用明细", en: "upload lines first" },
  RECONCILIATION_SUPERSEDED: {
    zh: "用最近一次上报所得的 reconciliationId",
    en: "use the reconciliationId of the latest posting",
  },
  RECONCILIATION_COMPARED: {
    zh: "处理差异后重新上报当日总额，即开始新一轮",
    en: "mend the differences and post the day's totals again, which begins a new round",
  },
  RECONCILIATION_NOT_COMPARED: { zh: "先上传明细", en: "post the details first" },
  RECONCILIATION_COMPARING: { zh: "稍后查询对账结果", en: "read the reconciliation a little later" },
  RECONCILIATION_TOO_LARGE: { zh: "用 upload 取得上传地址", en: "ask for an upload URL" },
  LINE_AMOUNT_MISMATCH: {
    zh: "金额 = 单价 × 数量，四舍五入到分",
    en: "amount = unit price × quantity, half up to the fen",
  },
  TOO_MANY_LINES: {
    zh: "住院先作中途结算（INTERIM），或撤销部分明细；门诊分次登记",
    en: "settle a stay so far (INTERIM), or revoke lines; register an attendance in several",
  },
  VISIT_TOO_LARGE: {
    zh: "住院先作中途结算（INTERIM），或撤销部分明细；门诊分次登记",
    en: "settle a stay so far (INTERIM), or revoke lines; register an attendance in several",
  },
  BILL_TOO_LARGE: {
    zh: "住院先作中途结算（INTERIM），或撤销部分明细；门诊分次登记",
    en: "settle a stay so far (INTERIM), or revoke lines; register an attendance in several",
  },
  TOO_MANY_INTERIM_SETTLEMENTS: {
    zh: "办理出院并作最终结算（FINAL），再另行登记",
    en: "discharge the worker, settle as FINAL, and register another stay",
  },
  LINE_REFUNDED: { zh: "把退费明细一并列入 lineNos", en: "name the refunds in lineNos as well" },
};

const capitalise = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** What to do about a refusal, in both languages; `isMessage`: of a call that takes an Idempotency-Key. */
export function adviceOf(code: FailureCode, isMessage: boolean): string | undefined {
  const byStatus = isMessage ? adviceForMessages : adviceForStatus;
  const advice = adviceForCode[code] ?? byStatus[failureStatus[code]];
  return advice === undefined ? undefined : `${advice.zh} · ${capitalise(advice.en)}`;
}
