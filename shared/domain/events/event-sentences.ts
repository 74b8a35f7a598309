import type { EventType } from "./service-event.ts";

/** What an event means to its reader. */
export const eventSentences = {
  CLAIM_REGISTERED: { zh: "就诊已登记", en: "A visit was registered" },
  CLAIM_LINKED: { zh: "已关联工伤认定", en: "The visit was linked to its case" },
  CLAIM_GUARANTEED: {
    zh: "已认定为工伤，由基金直接结算",
    en: "The case is recognised; the fund pays directly",
  },
  CLAIM_DISCHARGED: { zh: "职工已出院", en: "The worker was discharged" },
  CLAIM_DISCHARGE_CANCELLED: { zh: "出院登记已撤销", en: "The discharge was taken back" },
  CLAIM_CANCELLED: { zh: "就诊登记已撤销", en: "The registration was taken back" },
  CLAIM_RESTORED: { zh: "撤销操作已冲正，恢复原状", en: "What was undone holds again" },
  CLAIM_SETTLED: { zh: "已结算", en: "The bill is settled" },
  CLAIM_PARTLY_SETTLED: { zh: "已中途结算", en: "The stay is settled so far" },
  CLAIM_DEFERRED: {
    zh: "已挂账，工伤认定作出且基金可以支付后自动结算，不予认定的转出",
    en: "The bill is deferred: once the case is recognised and nothing is in the way, it settles by itself; refused, it leaves the fund",
  },
  CLAIM_RELEASED: {
    zh: "未认定为工伤，费用转出工伤保险，按结算所列承担方收取",
    en: "Not recognised: the bill left the fund; collect it from the bearer that the settlement names",
  },
  CLAIM_REVERSED: { zh: "结算已撤销", en: "A settlement was reversed" },
  CLAIM_BLOCKED: {
    zh: "已认定为工伤，但基金暂不能支付，待经办机构处理",
    en: "The case is recognised, but something stands in the way that the agency has to mend",
  },
  CLAIM_BED_RELEASED: {
    zh: "经办机构已释放本次住院的床位，请尽快办理出院",
    en: "The agency freed the bed of this stay: discharge it",
  },
  CLAIM_EMPLOYER_CORRECTED: {
    zh: "本案用人单位已更正，就诊随之更正",
    en: "The employer of the case was corrected, and the visit with it",
  },
  CLAIM_RECOVERY_DUE: {
    zh: "认定已撤销，基金已结算的部分待追回",
    en: "The recognition was revoked; the fund is owed back what it settled",
  },
  CLAIM_OVERDUE: { zh: "认定已超过法定时限", en: "The decision of the case is past its legal time" },
  WORKER_CHANGED: {
    zh: "职工待遇已冻结或解除冻结",
    en: "A worker's benefits were stopped, or no longer are",
  },
  EMPLOYER_CHANGED: {
    zh: "用人单位参保期间有变更",
    en: "It was stated otherwise when an employer was insured",
  },
  CASE_CHANGED: { zh: "工伤认定有变更", en: "A case was stated anew" },
} as const satisfies Record<EventType, { readonly zh: string; readonly en: string }>;
