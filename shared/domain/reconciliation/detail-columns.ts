/** The columns of a file of details, named in its first row, in any order; a row is one `DetailRow`. */
export const detailColumns = [
  "settlementId",
  "messageKey",
  "visitId",
  "hospitalVisitNo",
  "kind",
  "total",
  "fund",
  "employer",
  "hospital",
  "thirdParty",
  "otherInsurer",
  "personal",
] as const;
export type DetailColumn = (typeof detailColumns)[number];

/** Rows of one file, at most. */
export const MAX_FILE_ROWS = 1_000_000;
/** Bytes of one file once it is unpacked, at most; a million rows have some 150 MB. */
export const MAX_FILE_BYTES = 250_000_000;

/** Columns that a file may leave out; it needs one of the first two. */
const optionalColumns: ReadonlySet<string> = new Set([
  "settlementId",
  "messageKey",
  "visitId",
  "hospitalVisitNo",
]);

const isColumn = (name: string): name is DetailColumn => detailColumns.some((column) => column === name);

/** A fault of the first row. */
interface HeaderFault {
  readonly field: string;
  readonly code: "UNKNOWN_FIELD" | "DUPLICATE" | "REQUIRED" | "SETTLEMENT_OR_MESSAGE_REQUIRED";
}

/** Where each column is, by the file's first row; or what is wrong with it. */
export function readHeader(names: readonly string[]): {
  readonly positions: ReadonlyMap<DetailColumn, number>;
  readonly faults: readonly HeaderFault[];
} {
  const positions = new Map<DetailColumn, number>();
  const faults: HeaderFault[] = [];
  for (const [index, name] of names.map((each) => each.trim()).entries()) {
    if (!isColumn(name)) faults.push({ field: name, code: "UNKNOWN_FIELD" });
    else if (positions.has(name)) faults.push({ field: name, code: "DUPLICATE" });
    else positions.set(name, index);
  }
  for (const column of detailColumns) {
    if (!positions.has(column) && !optionalColumns.has(column))
      faults.push({ field: column, code: "REQUIRED" });
  }
  if (!positions.has("settlementId") && !positions.has("messageKey"))
    faults.push({ field: "settlementId", code: "SETTLEMENT_OR_MESSAGE_REQUIRED" });
  return { positions, faults };
}

/** A row's cells as the object that `DetailRow` takes; empty cells are left out. */
export function toDetailInput(
  positions: ReadonlyMap<DetailColumn, number>,
  cells: readonly string[],
): Record<string, unknown> {
  const cell = (column: DetailColumn): string | undefined => {
    const position = positions.get(column);
    const text = position === undefined ? undefined : cells[position]?.trim();
    return text === "" ? undefined : text;
  };
  return {
    settlementId: cell("settlementId"),
    messageKey: cell("messageKey"),
    visitId: cell("visitId"),
    hospitalVisitNo: cell("hospitalVisitNo"),
    kind: cell("kind"),
    total: cell("total"),
    allocation: {
      fund: cell("fund"),
      employer: cell("employer"),
      hospital: cell("hospital"),
      thirdParty: cell("thirdParty"),
      otherInsurer: cell("otherInsurer"),
      personal: cell("personal"),
    },
  };
}
