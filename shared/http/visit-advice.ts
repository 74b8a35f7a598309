import { eligibilityAdvice } from "./eligibility-advice.ts";
import type { Advice } from "./failure-advice.ts";

/** What to do about refusals of visits, their lines, settlements and reconciliations. */
export const visitAdvice: Advice = {
  ...eligibilityAdvice,
  SETTLEMENT_NOT_LATEST: {
    zh: "先撤销 settlementId 所列的最近一笔结算",
    en: "reverse the latest one first, which settlementId names",
  },
  NO_POLICY: { zh: "联系经办机构登记政策", en: "ask the agency to state a policy" },
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
