import { final } from "../failure-text.ts";

/** Refusals of reconciliation. */
export const reconciliationFailureTexts = {
  DAY_IN_FUTURE: final("该日尚未到来", "The day has not come yet"),
  RECONCILIATION_NOT_FOUND: final("没有这次对账", "There is no such reconciliation"),
  RECONCILIATION_SUPERSEDED: final(
    "该日已重新上报总额，此轮对账已被取代",
    "The day's totals were posted again; this round is not the latest",
  ),
  RECONCILIATION_COMPARED: final("此轮已比对过明细", "This round was compared already"),
  RECONCILIATION_NOT_COMPARED: final("此轮尚未比对明细", "This round was not compared row by row yet"),
  RECONCILIATION_COMPARING: final("上传的文件正在比对", "An uploaded file is being compared"),
  RECONCILIATION_TOO_LARGE: final(
    "当日超过 20000 笔，请以文件上传明细",
    "More than 20,000 rows on this day: upload the details as a file",
  ),
} as const;
