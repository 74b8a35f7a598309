import { type Column, columns } from "./columns.ts";

/** What else a column may be called, as clerks write it. */
export const otherNames: Readonly<Record<Column, readonly string[]>> = {
  item_code: ["项目编码", "编码", "项目代码", "目录编码", "医保编码", "国家编码", "三目录编码"],
  name: ["项目名称", "名称", "药品名称"],
  kind: ["类别", "项目类别", "目录类别", "种类"],
  unit: ["单位", "计价单位", "计量单位"],
  from: ["起始日期", "开始日期", "生效日期", "生效日", "起始日", "启用日期"],
  to: ["截止日期", "结束日期", "终止日期", "失效日期", "截止日", "停用日期"],
  medical: ["医疗", "医疗可支付", "医疗支付"],
  rehabilitation: ["康复", "康复可支付", "康复支付"],
  restricted: ["限定", "限定支付", "限定支付范围", "是否限定"],
  cap_tier1: ["一级上限", "一级限价", "一级医院上限", "一级医院限价", "一级医院支付上限"],
  cap_tier2: ["二级上限", "二级限价", "二级医院上限", "二级医院限价", "二级医院支付上限"],
  cap_tier3: ["三级上限", "三级限价", "三级医院上限", "三级医院限价", "三级医院支付上限"],
  max_per_day: ["每日限量", "每日最高数量", "日限量"],
  max_per_visit: ["每次限量", "每次就诊限量", "每次就诊最高数量", "次限量"],
  fund_ratio: ["基金支付比例", "支付比例", "基金比例"],
  ratio_remainder_bearer: ["比例外承担方", "比例外部分承担方"],
  over_cap_bearer: ["超限价承担方", "超上限承担方", "超限价部分承担方"],
};

/** Letter case, width, blanks and underscores count for nothing. */
const bare = (name: string): string =>
  name
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/[\s_\p{Cf}]/gu, "");

const byName: ReadonlyMap<string, Column> = new Map(
  columns.flatMap((column) => [column, ...otherNames[column]].map((name) => [bare(name), column] as const)),
);

/** The column that a cell of the header means; undefined where it is none of a catalogue. */
export const findColumn = (name: string): Column | undefined => byName.get(bare(name));

/** Names of each column in the header's two languages, for a message. */
export const bothNames = (column: Column): string => `${column}（${otherNames[column][0]}）`;

/** What the header of a file calls a column, in one line; the column's own name where the header has none for it. */
export const nameIn = (header: readonly string[], column: Column): string =>
  header
    .find((name) => findColumn(name) === column)
    ?.replaceAll(/[\s\p{Cf}]+/gu, " ")
    .trim() ?? column;
