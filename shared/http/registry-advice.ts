import type { Advice } from "./failure-advice.ts";

/** What to do about refusals of what only the agency states and looks up. */
export const registryAdvice: Advice = {
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
  CASE_HAS_VISITS: {
    zh: "用人单位登记有误的，办理用人单位更正（POST /v1/agency/cases/{caseNo}/employer-corrections）",
    en: "where it was stated wrong, correct it by POST /v1/agency/cases/{caseNo}/employer-corrections",
  },
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
};
