import type { Advice } from "./failure-advice.ts";

/** What to do where a worker may not be treated at the fund's cost. */
export const eligibilityAdvice: Advice = {
  WORKER_UNKNOWN: {
    zh: "核对证件号码，或由经办机构登记",
    en: "check the number, or have the agency register",
  },
  EMPLOYER_UNKNOWN: { zh: "先登记用人单位", en: "state the employer first" },
  NO_CASE: { zh: "请用人单位或职工申请工伤认定", en: "employer or worker should apply for a decision" },
  BENEFIT_FROZEN: {
    zh: "请职工或用人单位向经办机构查询；解除冻结前费用不由基金支付",
    en: "worker or employer should ask the agency; the fund does not pay until it ends",
  },
  CASE_NOT_RECOGNISED: {
    zh: "基金不支付，按非工伤办理；有异议由职工或用人单位向经办机构提出",
    en: "the fund does not pay: treat it as no work injury; worker or employer may object at the agency",
  },
  CASE_CLOSED: {
    zh: "基金不再支付；有疑问请职工或用人单位联系经办机构",
    en: "the fund no longer pays; worker or employer should ask the agency if in doubt",
  },
  THIRD_PARTY_LIABILITY: {
    zh: "不能直接结算；请职工或用人单位联系经办机构",
    en: "it is not settled directly; worker or employer should turn to the agency",
  },
  EMPLOYER_NOT_INSURED: {
    zh: "不能直接结算；请用人单位联系经办机构",
    en: "it is not settled directly; the employer should turn to the agency",
  },
  NOT_AUTHORISED: {
    zh: "请职工或用人单位向经办机构申请该类待遇资格",
    en: "worker or employer should ask the agency for the authorisation",
  },
  HOSPITAL_NOT_AUTHORISED: {
    zh: "到待遇资格所列机构就诊，或请经办机构增加本机构",
    en: "the worker is treated where the authorisation says, or the agency adds this hospital",
  },
  AGREEMENT_INACTIVE: {
    zh: "不能新登记，已登记的就诊照常办理；请与经办机构办理服务协议",
    en: "nothing new is registered, what was begun goes on; settle the agreement with the agency",
  },
  SERVICE_NOT_OFFERED: {
    zh: "核对就诊类别；无误则到协议含该类服务的机构就诊",
    en: "check the kind of visit; if it is right, another hospital has to treat it",
  },
  BEFORE_INJURY: {
    zh: "核对就诊日期与所选工伤认定",
    en: "check the day and the case",
  },
  DIAGNOSIS_OUTSIDE_CASE: {
    zh: "核对诊断；与工伤无关的按非工伤办理，确属工伤的请经办机构增加认定伤情",
    en: "check the diagnoses; what is not of the injury is no work injury, what is of it the agency has to add to the case",
  },
  AUTHORISATION_EXPIRED: { zh: "请经办机构延长待遇资格", en: "ask the agency to extend it" },
  ADMITTED_ELSEWHERE: {
    zh: "请 errors 所列医院先办理出院；联系不上的，请经办机构释放床位；日期重叠的核对入院、出院日期，转院当日两院均可登记",
    en: "the hospital that errors names must discharge first; if it does not, ask the agency to free the bed; where days overlap, check admission and discharge: the day of a transfer may be in both",
  },
};
