import { catalogueWarningTexts } from "../../../shared/domain/catalogue/catalogue-warning-texts.ts";
import type { CatalogueEntry } from "./catalogue-csv.ts";
import type { ImportWarning } from "./file-warnings.ts";
import type { Previewed } from "./preview-items.ts";
import type { Sent } from "./send-items.ts";

/** As many as can be read in a terminal. */
const MAX_WARNINGS = 10;

/** What was read, and what becomes of it. */
export interface Totals {
  readonly rowCount: number;
  readonly itemCount: number;
  readonly rejectedCount: number;
}

/** The totals, once the service has said what it thinks of the items; without its part where it was not asked. */
export function totalLines(
  { rowCount, itemCount, rejectedCount }: Totals,
  previewed: Previewed | undefined,
): string[] {
  return [
    `  ${rowCount} 行 · rows：${itemCount} 项可导入 · items to import, ${rejectedCount} 行被拒绝 · rows rejected`,
    ...(previewed === undefined ? [] : previewLines(previewed)),
  ];
}

/** Whether the service says of every item that it stands as the file states it. */
export const changesNothing = (
  entries: readonly CatalogueEntry[],
  previewed: Previewed | undefined,
): boolean =>
  entries.length > 0 && previewed !== undefined && entries.every((entry) => previewed.unchanged.has(entry));

/** What a run came to that changed nothing, because all stood like this before it. */
export const nothingChangedLines = (itemCount: number, isCheckOnly: boolean): string[] => [
  `  没有变化：这 ${itemCount} 项已按文件登记，${isCheckOnly ? "导入不会改变什么" : "本次没有改变什么"} · nothing ${isCheckOnly ? "would change" : "changed"}: all ${itemCount} items stand as the file states them`,
];

/** Items of earlier calls that wrote nothing now, and are not as the file states them; all where nobody could tell. */
const leftAsTheyAre = ({ replayed }: Sent, previewed: Previewed | undefined): readonly CatalogueEntry[] =>
  replayed.filter((entry) => previewed?.unchanged.has(entry) !== true);

/** What was imported; `previewed` tells which items were another way before. */
export function sentLines(sent: Sent, previewed: Previewed | undefined, seconds: number): string[] {
  const { imported, calls, replayed } = sent;
  const left = leftAsTheyAre(sent, previewed).length;
  const written = imported - left;
  const line =
    left > 0 && replayed.length === imported
      ? "  没有写入：文件的内容以前都导入过 · nothing was written: all of the file had been imported before"
      : `  已导入 · imported ${written} 项 · items, ${calls} 次调用 · calls, ${seconds.toFixed(1)} s`;
  if (left === 0) return [line];
  const isKnown = previewed !== undefined && previewed.unknownBecause === undefined;
  const [since, sinceThen] = isKnown
    ? ["其后登记又有改动", "and were changed since"]
    : ["其后登记可能又有改动", "and may have been changed since"];
  return [
    line,
    `  有 ${left} 项以前按同样内容导入过，${since}；本次没有写入，登记保持现状。要恢复为文件的内容，请加 --label 文字 再运行`,
    `  ${left} of the items had been imported like this before, ${sinceThen}: nothing was written for them. To state them again, run it with --label TEXT`,
  ];
}

function warningLine({ row, itemCode, otherCode, figures }: ImportWarning): string {
  const name = otherCode === undefined ? itemCode : `${itemCode} ~ ${otherCode}`;
  const told = figures === undefined || figures === "" ? "" : `：${figures}`;
  return `      ${name}（第 ${row} 行 · row ${row}）${told}`;
}

const warningTexts: Readonly<Record<string, readonly string[]>> = catalogueWarningTexts;

/** Each kind of warning with how many there are, and the first items with their rows and figures. */
export function warningLines(warnings: readonly ImportWarning[]): string[] {
  const groups = Map.groupBy(warnings, ({ code }) => code);
  return [...groups].flatMap(([code, group]) => {
    const left = group.length - MAX_WARNINGS;
    return [
      `    ${code} ${warningTexts[code]?.join(" · ") ?? code}（${group.length} 项 · items）`,
      ...group.slice(0, MAX_WARNINGS).map(warningLine),
      ...(left > 0 ? [`      …… 另有 ${left} 项 · and ${left} more`] : []),
    ];
  });
}

/** What the service says the import would come to. */
function previewLines({
  outcomes,
  deferredClaims,
  deferredClaimsAreAll,
  unknownBecause,
}: Previewed): string[] {
  const { NEW, CHANGED, UNCHANGED } = outcomes;
  const isUntold = unknownBecause !== undefined && NEW + CHANGED + UNCHANGED === 0;
  return [
    ...(isUntold
      ? []
      : [`  新增 · new ${NEW}, 有变化 · changed ${CHANGED}, 无变化 · unchanged ${UNCHANGED}`]),
    ...(deferredClaims === 0
      ? []
      : [
          `  涉及的挂账就诊最多 · deferred claims with such days, at most ${deferredClaims}${deferredClaimsAreAll ? "" : "+"} 笔（是否含这些项目未核对 · whether they have these items is not looked up）`,
        ]),
    ...(unknownBecause === undefined
      ? []
      : [`  服务未能预览全部项目 · the service could not tell of all items: ${unknownBecause}`]),
  ];
}
