import { final } from "../failure-text.ts";

/** Refusals of charge lines. */
export const chargeFailureTexts = {
  LINE_AMOUNT_MISMATCH: final("金额不等于单价乘数量", "The amount is not unit price × quantity"),
  LINE_NUMBER_TAKEN: final("明细号在本次就诊中重复", "The line number is taken in this visit"),
  LINE_UNKNOWN: final("没有这条费用明细", "There is no such line"),
  LINE_REFUNDED: final("该明细已有退费，须一并撤销", "The line has refunds; revoke them with it"),
  LINE_SETTLED: final("该明细已结算，须先撤销结算", "The line is settled; reverse the settlement first"),
  TOO_MANY_LINES: final(
    "一次就诊未结算的明细最多 10000 条，已中途结算的不计",
    "A visit has at most 10,000 unsettled lines; those settled by interim settlements do not count",
  ),
  TOO_MANY_REFUNDS: final("一条明细最多 1000 笔退费", "A line has at most 1,000 refunds"),
  VISIT_TOO_LARGE: final(
    "一次就诊未结算的费用合计最多 999999999.99 元",
    "The unsettled charges of a visit come to at most 999,999,999.99 yuan",
  ),
  BILL_TOO_LARGE: final(
    "未结算明细的文字合计过大，一次结算放不下",
    "The words of the unsettled lines are too many to be settled at once",
  ),
  SERVICE_DATE_OUTSIDE_VISIT: final(
    "费用发生日早于受伤或入院，或晚于出院",
    "The day of service is before the injury or admission, or after the discharge",
  ),
  DAY_NOT_OF_STAY: final("该日不属于本次住院", "The day is another stay's, or the bed was freed before it"),
  REFUND_WITHOUT_ORIGINAL: final("负数量须指明所退明细", "A negative quantity must name the line it refunds"),
  REFUND_QUANTITY_NOT_NEGATIVE: final("退费的数量须为负", "A refund's quantity must be negative"),
  REFUND_ORIGINAL_UNKNOWN: final(
    "所退明细不存在或本身是退费",
    "The refunded line does not exist or is a refund itself",
  ),
  REFUND_ITEM_DIFFERS: final("退费与原明细项目不同", "The refund is for another item than its original"),
  REFUND_PRICE_DIFFERS: final("退费单价与原明细不同", "The refund's unit price differs from its original's"),
  REFUND_ORIGINAL_SETTLED: final(
    "所退明细已结算，须先撤销结算",
    "The refunded line is settled; reverse the settlement first",
  ),
  REFUND_EXCEEDS_ORIGINAL: final(
    "退费超过原明细可退数量或金额",
    "The refund is for more than is left of its original, in quantity or amount",
  ),
} as const;
