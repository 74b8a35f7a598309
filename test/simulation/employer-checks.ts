import type { CaseInput } from "./case-book.ts";
import type { CommitChecks } from "./commit-checks.ts";
import type { VisitState } from "./mirror.ts";
import { type HeaderItem, isFunds, type SettlementItem } from "./stored.ts";
import { areEqual, type Item } from "./values.ts";
import { demand } from "./violation.ts";

/** As long as nothing of the fund stands settled of it, a visit goes where its case goes. */
const follows = ({ status, standing }: HeaderItem): boolean =>
  status !== "CANCELLED" && !standing.some(({ kind }) => isFunds(kind));

const changed = ["employerUscc", "marks", "version", "updatedAt", "employerKey", "employerStatusKey"];
const kept = (header: HeaderItem): Item =>
  Object.fromEntries(Object.entries(header).filter(([field]) => !changed.includes(field)));

/** A correction takes a visit to the employer of its case, and changes nothing else of it. */
export function checkMove(
  { header: was, settlements, lines }: VisitState,
  after: VisitState,
  employerUscc: string,
  statement: CaseInput | undefined,
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

/**
 * What is settled is of the visit's employer; where nothing of the fund stood before, that is the one that the case had at some
 * moment while it was settled. What stands again is of the employer that it was settled for, or that the visit is of.
 */
export function checkSettledFor(
  settlement: SettlementItem,
  { header: was }: VisitState,
  { header: is, settlements }: VisitState,
  held: readonly CaseInput[],
): void {
  const { kind, employerUscc, reverses } = settlement;
  const about = () => [was, is, settlement, held];
  if (kind === "REVERSAL") {
    demand(employerUscc === was.employerUscc, "a reversal is for whom its original stood", about);
    return;
  }
  demand(employerUscc === is.employerUscc, "what is settled is of the visit's employer", about);
  const reversal = settlements.find(({ settlementId }) => settlementId === reverses);
  if (reversal !== undefined) {
    const isSame = !isFunds(kind) || employerUscc === reversal.employerUscc;
    demand(isSame, "what stands again is for whom it was settled", about);
    return;
  }
  const isOfCase = is.caseNo === undefined || held.some((each) => each.employerUscc === employerUscc);
  const isAnew = !was.standing.some((each) => isFunds(each.kind));
  demand(!isAnew || isOfCase, "what is settled names its case's employer", about);
}

/** Once every correction came to its end, whatever nothing of the fund stands of is of its case's employer. */
export function checkEmployers({ mirror, cases }: CommitChecks): void {
  for (const visitId of mirror.visitIds()) {
    const state = mirror.visit(visitId);
    const statement = cases.current(state?.header.caseNo);
    if (state === undefined || statement === undefined || !follows(state.header)) continue;
    const isOfCase = state.header.employerUscc === statement.employerUscc;
    demand(isOfCase, "what is not settled follows when its employer is corrected", () => [
      state.header,
      statement,
    ]);
  }
}
