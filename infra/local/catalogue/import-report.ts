import { faultDetail } from "../../../shared/http/fault-texts.ts";
import type { ImportWarning } from "./file-warnings.ts";
import type { Previewed } from "./preview-items.ts";
import { faultText, type RejectedRow, type RowFault } from "./row-faults.ts";
import type { Sent } from "./send-items.ts";

/** As many as can be read in a terminal. */
const MAX_SHOWN = 20;
const MAX_ROWS_NAMED = 10;

interface Told {
  readonly fault: RowFault;
  readonly fields: readonly string[];
  readonly value: string;
  readonly rows: readonly number[];
}

/** One cause is told once, however many cells and rows have it: those with the same fault and the same words in the cell. */
function groupFaults(rejected: readonly RejectedRow[]): Told[] {
  const told = rejected.flatMap(({ row, cells, faults }) =>
    faults.map((fault) => ({ row, fault, value: fault.field === "" ? "" : cells[fault.field] })),
  );
  const isDerived = ({ fault }: (typeof told)[number]): boolean => fault.badRow !== undefined;
  const groups = Map.groupBy(told, (each) =>
    isDerived(each) ? `row ${each.row}` : JSON.stringify([each.fault.code, each.value]),
  );
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    return [
      {
        fault: first.fault,
        value: first.value,
        fields: [...new Set(group.map(({ fault }) => fault.field))].filter((field) => field !== ""),
        rows: [...new Set(group.map(({ row }) => row))],
      },
    ];
  });
}

function toLine({ fault, fields, value, rows }: Told): string {
  const [row = 0] = rows;
  const where = fields.length === 0 ? "" : ` ${fields.join(", ")} ${JSON.stringify(value)}`;
  const named = rows.slice(1, MAX_ROWS_NAMED).join(", ");
  const more = rows.length > MAX_ROWS_NAMED ? "…" : "";
  const alike =
    rows.length === 1
      ? ""
      : `（另有 ${rows.length - 1} 行相同 · and ${rows.length - 1} rows alike: ${named}${more}）`;
  return `    第 ${row} 行 · row ${row}${where} ${fault.code} ${faultText(fault)}${alike}`;
}

/** What is wrong with the rejected rows, a line for each cause; all of them where they are written nowhere else. */
export function rejectedLines(rejected: readonly RejectedRow[], isWritten: boolean): string[] {
  const all = groupFaults(rejected);
  const shown = isWritten ? all.slice(0, MAX_SHOWN) : all;
  const more = all.length - shown.length;
  const rest = `    …… 另有 ${more} 条，均在文件中 · and ${more} more, all in the file`;
  return [...shown.map(toLine), ...(more > 0 ? [rest] : [])];
}

export function sentLines({ imported, calls, replayed }: Sent, seconds: number): string[] {
  const line = `  已导入 · imported ${imported} 项 · items, ${calls} 次调用 · calls, ${seconds.toFixed(1)} s`;
  if (replayed === 0) return [line];
  return [
    line,
    `  其中 ${replayed} 次调用此前已应用，未再写入；若其后又改过这些项目，请加 --label 重新登记`,
    `  ${replayed} of the calls had been applied before and wrote nothing; if these items were changed since, use --label`,
  ];
}

const nameOf = ({ row, itemCode, otherCode }: ImportWarning): string =>
  `${itemCode}${otherCode === undefined ? "" : ` ~ ${otherCode}`} (${row})`;

/** A line for each kind of warning: how many, and the first items with their rows. */
export function warningLines(warnings: readonly ImportWarning[]): string[] {
  const groups = Map.groupBy(warnings, ({ code }) => code);
  return [...groups].map(([code, group]) => {
    const named = group.slice(0, MAX_SHOWN).map(nameOf).join(", ");
    return `    ${code} ${faultDetail(code)}：${group.length} 项 · items：${named}${group.length > MAX_SHOWN ? " …" : ""}`;
  });
}

/** What the service says the import would come to. */
export function previewLines({
  outcomes,
  deferredClaims,
  deferredClaimsAreAll,
  unknownBecause,
}: Previewed): string[] {
  const { NEW, CHANGED, UNCHANGED } = outcomes;
  return [
    `  新增 · new ${NEW}, 有变化 · changed ${CHANGED}, 无变化 · unchanged ${UNCHANGED}`,
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
