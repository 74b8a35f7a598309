import { toCsv } from "../../shared/files/csv-writer.ts";
import type { toDifferenceView } from "./reconciliation-views.ts";

type DifferenceView = ReturnType<typeof toDifferenceView>;

const figureFields = ["fund", "employer", "hospital", "thirdParty", "otherInsurer", "personal"] as const;
const bearerNames = ["基金", "用人单位", "医疗机构", "第三人", "其他保险", "个人"] as const;

const columns = [
  "原因 cause",
  "类别 kind",
  "结算编号 settlementId",
  "报文 messageKey",
  "就诊登记 visitId",
  "院内就诊号 hospitalVisitNo",
  ...["医院", "基金方"].flatMap((side) => [`${side}总额`, ...bearerNames.map((name) => `${side}·${name}`)]),
  "处理 action",
  "处理涉及的报文 action messageKey",
  "处理涉及的结算 action settlementId",
  "应计日期 action day",
  "说明",
  "In words",
];

const figuresOf = (figures: DifferenceView["fund"]): (string | undefined)[] => [
  figures?.total,
  ...figureFields.map((field) => figures?.allocation[field]),
];

const toRow = ({ action, ...difference }: DifferenceView): (string | undefined)[] => [
  difference.cause,
  difference.kind,
  difference.settlementId,
  difference.messageKey,
  difference.visitId,
  difference.hospitalVisitNo,
  ...figuresOf(difference.hospital),
  ...figuresOf(difference.fund),
  action.do,
  action.messageKey,
  action.settlementId,
  action.day,
  action.sentence.zh,
  action.sentence.en,
];

/** Differences as CSV, one row each under a header. */
export const toDifferencesCsv = (differences: readonly DifferenceView[]): string =>
  toCsv([columns, ...differences.map(toRow)]);
