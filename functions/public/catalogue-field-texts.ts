import type { FieldText } from "./field-texts.ts";

/** What the fields of catalogue items and policies mean. */
export const catalogueFieldTexts: Readonly<Record<string, FieldText>> = {
  "CatalogueItem.kind": ["类别：药品、诊疗、材料、床位、辅助器具", "What kind of item"],
  "AnsweredCatalogueItem.kind": ["类别：药品、诊疗、材料、床位、辅助器具", "What kind of item"],
  unit: ["计价单位", "Unit that is priced"],
  medical: ["医疗就诊可支付", "Payable in medical visits"],
  rehabilitation: ["康复就诊可支付", "Payable in rehabilitation visits"],
  restricted: ["是否限定支付范围", "Payable only under its condition"],
  caps: ["各等级医院最高支付单价，null 表示不限", "Highest payable unit price by tier; null for none"],
  "caps.1": ["一级医院", "Tier 1"],
  "caps.2": ["二级医院", "Tier 2"],
  "caps.3": ["三级医院", "Tier 3"],
  maxPerDay: ["每日最高数量", "Highest payable quantity of a day"],
  maxPerVisit: ["每次就诊最高数量", "Highest payable quantity of a visit"],
  fundRatio: ["基金支付比例，缺省为 1", "The fund's share; 1 if absent"],
  ratioRemainderBearer: ["比例外部分的承担方", "Who bears what the share leaves"],
  overCapBearer: ["超限价部分的承担方", "Who bears what is over the price cap"],
  overQuantityBearer: ["超数量部分的承担方", "Who bears what is over the quantity limit"],
  imported: ["已导入条数", "How many items were taken"],
  kinds: ["各类别条数", "How many of each kind"],
  effectiveFrom: ["政策生效日", "First day on which the policy holds"],
  unrelatedBearer: ["与工伤无关费用的承担方", "Who bears what is not for the injury"],
  noEmployerNoticeBearer: [
    "无用人单位工伤书面告知时的承担方",
    "Who bears it where the employer gave no notice",
  ],
  noConsentBearer: ["无同意书时的承担方", "Who bears it where nobody consented"],
  releasedBearer: ["不予认定后的承担方", "Who bears the bill when the case is not recognised"],
  mealAllowancePerDay: ["每日住院伙食补助（元）", "Meal allowance of a day in hospital, in yuan"],
};
