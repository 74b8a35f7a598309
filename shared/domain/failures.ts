import type { Expected } from "./expected.ts";
import { type FailureText, final, transient } from "./failure-text.ts";
import { reconciliationFailureTexts } from "./reconciliation/failure-texts.ts";
import { requestFailureTexts } from "./request-failure-texts.ts";
import { chargeFailureTexts } from "./visits/failure-texts.ts";

/**
 * Every refusal that a caller can meet, by its stable code. `retryable` says whether the same request can
 * succeed later without being changed. The HTTP status stands in shared/http/failure-status.ts.
 */
export const failureTexts = {
  // The request itself
  ...requestFailureTexts,
  ROUTE_NOT_FOUND: final("没有这个接口", "There is no such operation"),
  METHOD_NOT_ALLOWED: final("该接口不支持此方法", "The operation does not take this method"),
  UNAUTHENTICATED: final("需要有效的访问令牌", "A valid access token is required"),
  TOO_MANY_REQUESTS: transient(
    "请求过于频繁，请按 Retry-After 稍后再发",
    "Too many requests of this institution; send again after Retry-After",
  ),
  TOO_MANY_LOOKUPS: transient(
    "本小时查询人员次数已达上限",
    "This hospital has looked up as many people as it may in an hour",
  ),
  TOO_MANY_RECONCILIATIONS: transient(
    "本小时对账轮次或上传次数已达上限",
    "This hospital has opened as many rounds or uploads as it may in an hour",
  ),
  FORBIDDEN: final("该身份无权调用此接口", "This role may not call the operation"),
  HOST_NOT_LOCAL: final(
    "本机服务只应答以 127.0.0.1 或 localhost 为地址的请求",
    "The service of one machine answers only who asks for it by 127.0.0.1 or localhost",
  ),
  INSTITUTION_UNKNOWN: final("本统筹区没有登记该机构", "The district has no such institution registered"),
  // Messages
  IDEMPOTENCY_KEY_REQUIRED: final(
    "缺少报文编号（Idempotency-Key 请求头）",
    "The Idempotency-Key header is required",
  ),
  IDEMPOTENCY_KEY_INVALID: final(
    "报文编号（Idempotency-Key）须为 1 至 64 位的字母、数字或 _ . : -",
    "Idempotency-Key takes 1 to 64 of A-Z a-z 0-9 _ . : -",
  ),
  IDEMPOTENCY_KEY_REUSED: final(
    "该报文编号（Idempotency-Key）已用于内容不同的报文",
    "This Idempotency-Key was used for a message with other content",
  ),
  MESSAGE_CANCELLED: final(
    "该报文已被冲正，永不生效",
    "The message was cancelled before it arrived; it can never take effect",
  ),
  BUSY: transient(
    "系统繁忙，请稍后原样重发（报文须用同一报文编号）",
    "Busy; send the same again a little later (a message with the same key)",
  ),
  INTERNAL: transient(
    "系统故障，结果未知；请用同一报文编号（Idempotency-Key）重发",
    "A fault on our side, outcome unknown; send the same message again with the same key",
  ),
  // What is named does not exist for this caller
  WORKER_NOT_FOUND: final("没有这名职工", "There is no such worker"),
  HOSPITAL_NOT_FOUND: final("没有这家医疗机构", "There is no such hospital"),
  EMPLOYER_NOT_FOUND: final("没有这家用人单位", "There is no such employer"),
  CASE_NOT_FOUND: final("没有这个工伤认定", "There is no such case"),
  CATALOGUE_ITEM_NOT_FOUND: final("没有这个目录项目", "There is no such catalogue item"),
  PERIOD_UNKNOWN: final("该项目没有从这一天开始的有效期", "The item has no period that begins on this day"),
  VISIT_NOT_FOUND: final("没有这次就诊登记", "There is no such visit"),
  SETTLEMENT_NOT_FOUND: final("没有这笔结算", "There is no such settlement"),
  CLAIM_NOT_FOUND: final("没有这笔费用", "There is no such claim"),
  WEBHOOK_NOT_FOUND: final("没有这个推送地址", "There is no such webhook"),
  DELIVERY_NOT_FOUND: final("没有这次推送", "There is no such delivery"),
  EMPLOYER_UNKNOWN: final("用人单位未登记", "The employer is not registered"),
  CURSOR_INVALID: final("cursor 不属于本次查询的列表", "The cursor is none of this list's"),
  // The registry
  CARD_NUMBER_TAKEN: final("该社保卡号属于另一名职工", "The card number belongs to another worker"),
  ID_NUMBER_TAKEN: final("该证件号码属于另一名职工", "The ID number belongs to another worker"),
  NUMBER_NOT_OF_OTHER: final(
    "所填证件号码和社保卡号都不属于 swapWith 所指职工",
    "Neither number that is stated belongs to the worker of swapWith",
  ),
  CASE_OF_ANOTHER_WORKER: final("该工伤认定属于另一名职工", "The case belongs to another worker"),
  CASE_NUMBER_TAKEN: final("该工伤认定编号属于另一名职工", "The case number is another worker's"),
  CASE_HAS_VISITS: final(
    "该工伤认定已登记过就诊，用人单位只能经用人单位更正（employer-corrections）更改",
    "Something was registered under the case; only employer-corrections can change its employer",
  ),
  PERIOD_OVERLAPS_ANOTHER: final(
    "与该项目已登记的有效期重叠",
    "It overlaps a period that stands, not stated here",
  ),
  TOO_MANY_PERIODS: final(
    "一个项目连同已登记的最多 50 个有效期",
    "An item has at most 50 periods with those that stand",
  ),
  NO_POLICY: final("入院日没有生效的政策", "No policy was in force on the day of admission"),
  // Webhooks
  TOO_MANY_WEBHOOKS: final("一家机构最多 10 个推送地址", "An institution has at most 10 webhooks"),
  WEBHOOK_INACTIVE: final("该推送地址已停用", "The webhook is switched off"),
  // Eligibility (domain.md section 3)
  WORKER_UNKNOWN: final("没有这名职工的登记", "The worker is not registered"),
  BENEFIT_FROZEN: final("该职工待遇已冻结", "The worker's benefits are frozen"),
  NO_CASE: final("该职工没有工伤认定", "The worker has no case"),
  CASE_NOT_RECOGNISED: final("未认定为工伤", "The injury was not recognised as a work injury"),
  CASE_CLOSED: final("工伤关系已终止", "The case is closed"),
  THIRD_PARTY_LIABILITY: final("涉及第三人责任", "A third party is liable"),
  EMPLOYER_NOT_INSURED: final("受伤当日用人单位未参保", "The employer was not insured on the day of injury"),
  NOT_AUTHORISED: final("没有该类待遇资格", "The case has no authorisation for this benefit"),
  AUTHORISATION_EXPIRED: final("待遇资格不在有效期内", "The authorisation is not valid on this day"),
  HOSPITAL_NOT_AUTHORISED: final("待遇资格限于其他机构", "The authorisation is for other hospitals"),
  AGREEMENT_INACTIVE: final("本机构服务协议未生效", "The hospital's agreement is not active"),
  SERVICE_NOT_OFFERED: final(
    "本机构协议不含该类服务",
    "The hospital's agreement does not cover this service",
  ),
  BEFORE_INJURY: final("就诊日早于受伤日", "The day of service is before the injury"),
  DIAGNOSIS_OUTSIDE_CASE: final("诊断不在认定伤情之内", "No diagnosis lies within the recognised injuries"),
  ADMITTED_ELSEWHERE: final(
    "该职工尚有在院的住院登记，或与另一次住院的日期重叠",
    "The worker has an open inpatient stay, or was in another one on these days",
  ),
  // Visits
  VISIT_NUMBER_TAKEN: final("该院内就诊号已登记", "The hospital's visit number is registered already"),
  VISIT_NOT_OPEN: final(
    "就诊已出院、已挂账或已转出，不能办理此项",
    "The visit is discharged, deferred or released, and takes this no longer",
  ),
  VISIT_NOT_DISCHARGED: final("住院尚未办理出院", "The stay is not discharged yet"),
  VISIT_SETTLED: final("就诊已结算", "The visit is settled"),
  VISIT_CANCELLED: final("就诊登记已撤销", "The visit is cancelled"),
  VISIT_NOT_A_STAY: final(
    "只有住院类就诊才能办理出院或中途结算",
    "Only a stay has a discharge, or an interim settlement",
  ),
  BED_NOT_HELD: final("该住院的床位已由经办机构释放", "The agency has freed the bed of this stay already"),
  VISIT_HAS_SETTLEMENTS: final("就诊已有结算，须先撤销结算", "The visit has settlements; reverse them first"),
  VISIT_HAS_CASE: final("就诊已关联工伤认定", "The visit is linked to a case already"),
  CASE_UNKNOWN: final("没有这个工伤认定", "There is no such case"),
  RECEIPT_TAKEN: final("该票据号已登记垫付", "An advance with this receipt is recorded already"),
  TOO_MANY_ADVANCES: final("一次就诊最多登记 20 笔垫付", "A visit takes at most 20 advances"),
  ADVANCE_REPAID: final(
    "该垫付已随结算退还，须先撤销结算",
    "A settlement has paid the advance back; reverse the settlement first",
  ),
  VISIT_CHANGED_SINCE: final(
    "此后就诊又有变更，须先撤销后续操作",
    "The visit was changed since; undo the later steps first",
  ),
  SETTLEMENT_REVERSED: final("该结算已撤销", "The settlement is reversed already"),
  SETTLEMENT_NOT_LATEST: final(
    "只能撤销最近一笔未撤销的结算",
    "Only the latest unreversed settlement of a visit can be reversed",
  ),
  SETTLEMENT_IS_REVERSAL: final("撤销记录本身不能再撤销", "A reversal cannot be reversed itself"),
  MESSAGE_NOT_CANCELLABLE: final("该类报文不能冲正", "Messages of this operation cannot be cancelled"),
  DISCHARGED_BEFORE_ADMISSION: final("出院时间早于入院时间", "The discharge is before the admission"),
  CASE_UNDECIDED: final(
    "工伤认定尚未作出，暂不能结算",
    "The case is not decided yet; the visit cannot be settled before",
  ),
  TOO_MANY_INTERIM_SETTLEMENTS: final(
    "一次住院最多 500 笔未撤销的中途结算",
    "A stay has at most 500 interim settlements that stand",
  ),
  NOTHING_TO_SETTLE: final("没有可结算的费用明细", "There are no lines to settle"),
  ...reconciliationFailureTexts,
  ...chargeFailureTexts,
} as const satisfies Record<string, FailureText>;

export type FailureCode = keyof typeof failureTexts;

/** A hospital as another one is told of it. */
export interface NamedHospital {
  readonly code: string;
  readonly name: string;
}

/** One fault of a request: where (JSON pointer into the body, or `#header/…`, `#query/…`), and what. */
export interface Fault {
  readonly pointer: string;
  readonly code: string;
  /** The hospital that has to act, told only to whoever may know of the person. */
  readonly hospital?: NamedHospital;
  /**
   * Which fields of the object at `pointer` are meant, counted from 1 in the order in which they were sent: names that
   * no schema knows are the caller's content, and may name a person.
   */
  readonly fields?: {
    readonly count: number;
    readonly first: readonly number[];
    /** For whom of them the schema has a name that is nearly the same. */
    readonly near?: readonly { readonly place: number; readonly name: string }[];
  };
  /** What the place takes instead. */
  readonly expected?: Expected;
}

/** An expected refusal. */
export interface Failure {
  readonly code: FailureCode;
  /** After how many seconds to come again, where that is known. */
  readonly retryAfterSeconds?: number;
  readonly faults?: readonly Fault[];
  /** Of whose record the refusal tells, by id: for the audit trail, in no answer. */
  readonly about?: string;
  /** Where the caller's own visit stands in the way: which. */
  readonly visitId?: string;
  /** Where a later settlement of the visit stands in the way: which. */
  readonly settlementId?: string;
}

export const failure = (code: FailureCode, faults?: readonly Fault[]): Failure =>
  faults === undefined ? { code } : { code, faults };

const isFailureCode = (code: string): code is FailureCode => Object.hasOwn(failureTexts, code);

/** Faults of one kind are named by their code; several kinds together are an invalid input. */
export function failureOf(faults: readonly Fault[]): Failure {
  const [first, ...others] = new Set(faults.map(({ code }) => code));
  const isOne = first !== undefined && others.length === 0 && isFailureCode(first);
  return failure(isOne ? first : "INPUT_INVALID", faults);
}
