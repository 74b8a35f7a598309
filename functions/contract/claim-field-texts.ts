import { auditKinds } from "../../shared/domain/audit/audit-entry.ts";
import { EVENT_SETTLING_MS } from "../../shared/domain/events/service-event.ts";
import { caseStatuses } from "../../shared/domain/registry/injury-case.ts";
import { takenBackKinds } from "../../shared/domain/visits/visit.ts";
import type { FieldText } from "./field-texts.ts";

const SETTLING_SECONDS = EVENT_SETTLING_MS / 1_000;

/** What the fields mean that tell what became of a claim, of a message, or of what waits for a decision. */
export const claimFieldTexts: Readonly<Record<string, FieldText>> = {
  injury: [
    "尚无认定编号时：哪个单位、何日受伤",
    "Where there is no case yet: of which employer, and when it happened",
  ],
  paidBy: ["垫付方：EMPLOYER 单位，WORKER 职工", "Who paid: EMPLOYER or WORKER"],
  receipt: ["票据号", "Number of the receipt"],
  advances: ["登记的垫付", "What employer or worker paid meanwhile"],
  repayments: [
    "本次结算退还的垫付：整次就诊累计退还 = 垫付与基金部分两者中较小者",
    "What this settlement pays back of advances: over the whole visit the lesser of the advances and the fund's part",
  ],
  payableToHospital: [
    "基金应付医院的金额；基金先付、垫付后登记的，可为负数",
    "What of the fund's part the hospital is paid; negative where an advance was recorded after the fund had paid",
  ],
  settled: ["有效结算的合计", "Sums of what is settled"],
  deferred: ["挂账金额", "Sums of what is deferred"],
  blockedBy: ["已认定但不能结算的原因代码", "Why it is not settled although its case is recognised"],
  takenBack: [
    "医院已撤销的结算；待医院处理，同一认定不再自动结算",
    "What the hospital reversed: it waits for the hospital, and the same decision does not settle it again",
    takenBackKinds,
  ],
  recoverable: ["认定撤销后基金应追回的金额", "What the fund is owed back after a revocation"],
  appliedOn: ["申请认定日期", "When the decision was applied for"],
  acceptedOn: [
    "受理日期，法定时限自此起算",
    "When the application was accepted; its legal time runs from there",
  ],
  factsAreClear: ["事实清楚，时限较短", "Whether the facts are clear, which shortens the time"],
  decisionDays: ["认定时限（天），缺省 60", "Days within which a case is decided; 60 if absent"],
  clearDecisionDays: [
    "事实清楚时的认定时限（天），缺省 15",
    "The same where the facts are clear; 15 if absent",
  ],
  applicationDays: ["单位申请时限（天），缺省 30", "Days for the employer to apply; 30 if absent"],
  monthClosesOn: [
    "每月对账截至次月几日，缺省 5；此后冲正该月报文按当日撤销计，不改该月数字",
    "Up to which day of the next month a month is reconciled; 5 if absent. What is cancelled later is a reversal of its own day",
  ],
  countsOn: [
    "原报文所属月份对账已截止：原月数字不变，本次撤销（或恢复的结算）计入该日；无此字段则两边均不计",
    "The month of the message is closed: its figures stay, and what takes it back counts on this day. Absent: neither side counts either",
  ],
  caseStatus: ["认定状态", "Status of the case", caseStatuses],
  deferredOn: ["挂账日期", "Day since which it waits"],
  ageDays: ["已挂账天数", "For how many days"],
  dueOn: ["认定法定时限的最后一日", "Last day of the decision's legal time"],
  isOverdue: ["认定是否已超时限", "Whether the decision is past its legal time"],
  employerWasLate: ["单位是否逾期申请", "Whether the employer applied too late"],
  groups: ["分组合计", "Sums by group"],
  overdueCount: ["超时限笔数", "How many are past their legal time"],
  // Events
  eventId: ["事件编号，重复送达时相同", "Id of the event, the same however often it comes"],
  type: ["事件类型", "What happened"],
  at: ["发生时间", "When it happened"],
  sequence: ["同一笔费用或认定内递增的序号", "Grows within one claim or case"],
  sentence: ["中英文说明", "The same in words"],
  next: [
    `下次查询的 after；近 ${SETTLING_SECONDS} 秒的事件会再次出现。全统筹区的事件一次至多查看 31 天：next 有变即继续查询，items 为空亦然`,
    `Where to go on; events of the last ${SETTLING_SECONDS} seconds come again. Of the district's events a month at most is looked through at once: go on as long as next changes, though items is empty`,
  ],
  after: ["上次应答的 next，原样带回", "next of the answer before, as it came"],
  "Event.code": ["阻碍结算的原因代码", "Code of what stands in the way"],
  // The audit trail
  "ListAuditEventsAnswer.items.kind": [
    "CHANGE 变更，READ 查看，REFUSED 被拒的尝试",
    "CHANGE, READ, or REFUSED: an attempt",
    auditKinds,
  ],
  who: ["令牌的 sub：操作的人或系统", "The token's sub: the person or system that acted"],
  role: ["操作者角色", "Role of who acted; job for the service itself"],
  institution: ["操作者所属机构", "Institution of who acted"],
  subject: ["所涉记录的编号", "Id of what was changed or looked at; a visit brings its settlements"],
  seen: ["列表中所见的就诊", "Visits that a list told of"],
  asked: [
    "查询审计记录的期间与条件，格式为“名称=值”",
    "Of a search of the audit trail: its period and filters, as name=value",
  ],
  "ListAuditEventsAnswer.items.reason": [
    "经办人员写明的理由，如查看原文、更正、释放床位",
    "The reason that was given, such as for seeing a person unmasked or for a correction",
  ],
  result: ["DONE 或拒绝代码", "DONE, or the code of the refusal"],
  // Messages
  key: ["报文编号（Idempotency-Key）", "The message's Idempotency-Key"],
  "Message.status": [
    "APPLIED 已生效，CANCELLED 已冲正，NOT_APPLIED 未生效",
    "APPLIED, CANCELLED, or NOT_APPLIED so far",
  ],
  "CancelMessageAnswer.status": ["恒为 CANCELLED：已冲正", "CANCELLED, always"],
  answer: ["该报文当时的应答", "What the message was answered"],
  "answer.status": ["当时的 HTTP 状态码", "HTTP status of that answer"],
  body: ["当时的应答内容", "Content of that answer"],
  operation: ["接口", "The operation"],
  appliedAt: ["生效时间", "When it took effect"],
  cancellation: ["冲正结果", "How it was cancelled"],
  cancelledAt: ["冲正时间", "When it was cancelled"],
  effect: ["REVERSED 已撤销其效力，NEVER_APPLIES 永不生效", "REVERSED, or NEVER_APPLIES"],
  visit: ["就诊登记", "The visit"],
  settlement: ["撤销或恢复的结算", "The reversal, or the settlement that holds again"],
};
