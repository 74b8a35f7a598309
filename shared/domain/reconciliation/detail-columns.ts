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

/** A fault of the first row: at a column, counted from 1, or of one that is not there. Its text is told of no other. */
interface HeaderFault {
  readonly field: DetailColumn | "";
  readonly column?: number;
  readonly code:
    | "HEADER_MISSING"
    | "UNKNOWN_FIELD"
    | "DUPLICATE"
    | "REQUIRED"
    | "SETTLEMENT_OR_MESSAGE_REQUIRED";
}

/** Columns that the file must have and does not. */
function findMissing(positions: ReadonlyMap<DetailColumn, number>): HeaderFault[] {
  const faults = detailColumns
    .filter((column) => !positions.has(column) && !optionalColumns.has(column))
    .map((field): HeaderFault => ({ field, code: "REQUIRED" }));
  const isNamed = positions.has("settlementId") || positions.has("messageKey");
  return isNamed ? faults : [...faults, { field: "settlementId", code: "SETTLEMENT_OR_MESSAGE_REQUIRED" }];
}

/** Where each column is, counted from 0, by the file's first row; or what is wrong with it. */
export function readHeader(names: readonly string[]): {
  readonly positions: ReadonlyMap<DetailColumn, number>;
  readonly faults: readonly HeaderFault[];
} {
  const positions = new Map<DetailColumn, number>();
  const faults: HeaderFault[] = [];
  for (const [index, name] of names.map((each) => each.trim()).entries()) {
    const column = index + 1;
    if (!isColumn(name)) faults.push({ field: "", column, code: "UNKNOWN_FIELD" });
    else if (positions.has(name)) faults.push({ field: name, column, code: "DUPLICATE" });
    else positions.set(name, index);
  }
  if (positions.size === 0) return { positions, faults: [{ field: "", code: "HEADER_MISSING" }] };
  return { positions, faults: [...faults, ...findMissing(positions)] };
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
