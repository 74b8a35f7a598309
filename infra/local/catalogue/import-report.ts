import { faultText, type RejectedRow } from "./row-faults.ts";
import type { Sent } from "./send-items.ts";

/** As many as can be read in a terminal. */
const MAX_ROWS_SHOWN = 20;

function faultLines({ row, cells, faults }: RejectedRow): string[] {
  return faults.map((fault) => {
    const where = fault.field === "" ? "" : ` ${fault.field} ${JSON.stringify(cells[fault.field])}`;
    return `    第 ${row} 行 · row ${row}${where} ${fault.code} ${faultText(fault)}`;
  });
}

/** The first rejected rows, a line for each fault; all of them where they are written nowhere else. */
export function rejectedLines(rejected: readonly RejectedRow[], isWritten: boolean): string[] {
  const shown = isWritten ? rejected.slice(0, MAX_ROWS_SHOWN) : rejected;
  const more = rejected.length - shown.length;
  const rest = `    …… 另有 ${more} 行，均在文件中 · and ${more} more rows, all in the file`;
  return [...shown.flatMap(faultLines), ...(more > 0 ? [rest] : [])];
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
