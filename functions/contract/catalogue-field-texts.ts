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
  "CatalogueItem.periods": [
    "所列有效期：同一起始日的被替换，其余保持不变；较早的未定止期者止于其前一日",
    "The periods that are stated: one with the same first day takes the other's place, all others stay, and an open one that begins earlier ends on the day before",
  ],
  changeCount: ["有多少个有效期改变", "How many periods change"],
  changes: ["改变的有效期，最多列 10 个", "The periods that change, 10 at most"],
  "changes.change": ["ADDED 新增，REPLACED 替换，ENDED 提前终止", "What becomes of the period"],
  "changes.before": [
    "此前的有效期：新增时为在此之前生效者",
    "What held until then; of a new period, the one before it",
  ],
  "items.outcome": [
    "NEW 新项目，CHANGED 有改变，UNCHANGED 无改变，REFUSED 会被拒绝",
    "What becomes of the item",
  ],
  repriced: ["价格改变的日期，最多列 10 段", "The days that are priced anew, 10 periods at most"],
  "RemoveCataloguePeriodRequest.from": [
    "要移除的有效期的开始日",
    "First day of the period that is taken away",
  ],
  "RemoveCataloguePeriodRequest.reason": [
    "移除该有效期的理由，留痕，不得含证件号码",
    "Why the period is taken away; goes on record, and may not have an ID number in it",
  ],
  "RemoveCataloguePeriodAnswer.repriced": ["价格改变的日期", "The days that are priced anew"],
  unpriced: [
    "移除后没有任何有效期的日期：基金不支付该项目，需要时请重新导入前一有效期",
    "Days on which the item has no price any more: the fund pays nothing for it. Import the earlier period again where it should go on",
  ],
  pastDaysRepriced: [
    "其中是否有已经过去的日子：未结算的在院就诊若有该项目，将按新价计算",
    "Whether days that have come are among them: stays that are still open are priced anew where they have the item",
  ],
  deferredClaims: [
    "有日期在内的挂账就诊数；是否含该项目未核对",
    "How many deferred claims have days among them; whether they have the item is not looked up",
  ],
  deferredClaimsAreAll: [
    "是否已看过全部挂账就诊；最多看最早的 1000 笔",
    "Whether all deferred claims were looked at: at most the oldest 1,000",
  ],
  warningCount: ["有多少条提醒", "How many warnings there are"],
  warnings: ["提醒，最多列 10 条", "What should be looked at before it is stated, 10 at most"],
  "warnings.code": ["提醒代码", "Code of the warning"],
  otherCode: ["与之相近的编码", "The code that it looks like"],
  removed: ["已移除的有效期", "The periods that were taken away"],
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
