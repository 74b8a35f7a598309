import type { CaseStatement } from "./case-book.ts";
import type { CommitChecks } from "./commit-checks.ts";
import type { VisitState } from "./mirror.ts";
import type { HeaderItem } from "./stored.ts";
import { areEqual, type Item } from "./values.ts";
import { demand } from "./violation.ts";

/** While it is treated or waits, with nothing settled or released, a visit goes where its case goes. */
const follows = ({ status, standing }: HeaderItem): boolean =>
  /^(OPEN|DISCHARGED|DEFERRED)$/.test(status) && standing.every(({ kind }) => kind === "DEFERRED");

const changed = ["employerUscc", "version", "updatedAt", "employerKey", "employerStatusKey"];
const kept = (header: HeaderItem): Item =>
  Object.fromEntries(Object.entries(header).filter(([field]) => !changed.includes(field)));

/** A correction takes a visit to the employer of its case, and changes nothing else of it. */
export function checkMove(
  { header: was, settlements, lines }: VisitState,
  after: VisitState,
  employerUscc: string,
  statement: CaseStatement | undefined,
): void {
  const { header: is } = after;
  const about = () => [was, is, employerUscc, statement];
  demand(follows(was), "what is settled stays with the employer that it was settled for", about);
  const isOfCase = is.employerUscc === employerUscc && statement?.employerUscc === employerUscc;
  demand(isOfCase, "a visit goes over to the employer of its case", about);
  const isSame = areEqual(kept(was), kept(is)) && is.version === was.version + 2;
  demand(isSame, "a correction of the employer changes nothing else", about);
  const isUntouched = after.settlements.length === settlements.length && after.lines.length === lines.length;
  demand(isUntouched, "a correction of the employer changes nothing else", about);
}

/** Once every correction came to its end, whatever was never settled or released is of its case's employer. */
export function checkEmployers({ mirror, cases }: CommitChecks): void {
  for (const visitId of mirror.visitIds()) {
    const state = mirror.visit(visitId);
    const statement = cases.current(state?.header.caseNo);
    if (state === undefined || statement === undefined || !follows(state.header)) continue;
    const isSettled = state.settlements.some(
      ({ kind, reversesKind }) => (reversesKind ?? kind) !== "DEFERRED",
    );
    const isOfCase = state.header.employerUscc === statement.employerUscc;
    demand(isSettled || isOfCase, "open and deferred visits follow when their employer is corrected", () => [
      state.header,
      statement,
    ]);
  }
}
