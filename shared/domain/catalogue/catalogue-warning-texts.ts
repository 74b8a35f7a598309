import type { CatalogueWarning } from "./catalogue-warnings.ts";

/** What each warning means, Chinese and English: for pages and commands; answers of the service have the code. */
export const catalogueWarningTexts: Readonly<
  Record<CatalogueWarning["code"], readonly [zh: string, en: string]>
> = {
  CAP_ZERO: ["支付上限为 0，基金一分不付", "The price cap is 0: the fund pays nothing"],
  CAP_TEN_TIMES: ["支付上限是原来的十倍或更多", "The price cap is ten times what it was, or more"],
  CAP_A_TENTH: ["支付上限是原来的十分之一或更少", "The price cap is a tenth of what it was, or less"],
  CAP_REMOVED: ["原有支付上限，现在没有了", "There was a price cap, and now there is none"],
  CODE_LOOKS_LIKE_ANOTHER: [
    "编码与另一编码只差前导零、大小写或形近字符",
    "The code differs from another by leading zeros, letter case or characters that look alike only",
  ],
  NO_LONGER_PAYABLE: [
    "原来可支付的日子，今后不再支付",
    "The item was payable on these days, and is no longer",
  ],
  PAST_DAYS_REPRICED: [
    "改变了已经过去的日子的价格，未结算的在院就诊将按新价计算",
    "Days that have come are priced anew, and with them what stays that are still open had on them",
  ],
  DEFERRED_CLAIMS_REPRICED: [
    "有挂账就诊的日期在内，认定后若含该项目将按新价计算",
    "Deferred claims have days among them; where they have the item, it is priced anew",
  ],
};
