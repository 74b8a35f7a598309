import { type CaseInput, inTheWay, isRefused, isUndecided, type PartyFacts } from "./case-book.ts";
import type { CommitChecks } from "./commit-checks.ts";
import { fundPart } from "./job-checks.ts";
import type { VisitState } from "./mirror.ts";
import type { HeaderItem } from "./stored.ts";
import { demand } from "./violation.ts";

/** What a recognised case leaves of its visits: nothing waits but for a reason that is named. */
function checkRecognised(header: HeaderItem, statement: CaseInput, facts: PartyFacts): void {
  const { status, blockedBy, takenBack, recoverable, guarantee } = header;
  const about = () => [header, statement];
  const isWaiting = status === "DEFERRED" || status === "RELEASED";
  const isUnderTreatment = status === "OPEN" || status === "DISCHARGED";
  const reason = inTheWay(header, statement, facts);
  const isNamed = reason !== undefined && blockedBy === reason;
  demand(
    !isWaiting || isNamed || takenBack === "FINAL",
    "no visit of a recognised case is deferred, but for a reason that is named",
    about,
  );
  demand(
    !isUnderTreatment || guarantee === "DIRECT" || isNamed,
    "open visits of a recognised case are direct, but for a reason that is named",
    about,
  );
  demand(
    !isUnderTreatment || blockedBy === reason,
    "an open visit of a recognised case names what is in the way, and nothing else",
    about,
  );
  demand(recoverable === undefined, "nothing is to be recovered of a recognised case", about);
}

function checkRefused(header: HeaderItem, statement: CaseInput): void {
  const about = () => [header, statement];
  const isHeld = header.takenBack === "RELEASE";
  demand(header.status !== "DEFERRED" || isHeld, "no visit of a refused case is deferred", about);
  demand(isHeld || header.blockedBy === undefined, "nothing is in the way of what is not paid", about);
  demand(
    (header.recoverable ?? 0) === fundPart(header),
    "what the fund settled of a refused case is to be recovered",
    about,
  );
}

function checkInjuries({ header, details }: VisitState, { injuries }: CaseInput): void {
  if (header.status !== "OPEN" || header.blockedBy !== undefined) return;
  const known = JSON.stringify(details.injuries);
  const stated = JSON.stringify(injuries.map(({ diagnosisPrefixes }) => ({ diagnosisPrefixes })));
  demand(known === stated, "an open visit knows the injuries of its case", () => [header, known, stated]);
}

/** Once the jobs have handled every event, each visit is where its case has it. */
export function checkDecided({ mirror, cases, parties }: CommitChecks): void {
  for (const visitId of mirror.visitIds()) {
    const state = mirror.visit(visitId);
    const statement = cases.current(state?.header.caseNo);
    if (state === undefined || statement === undefined) continue;
    if (statement.status === "RECOGNISED") checkRecognised(state.header, statement, parties.current);
    if (isRefused(statement)) checkRefused(state.header, statement);
    if (statement.status === "RECOGNISED" || isUndecided(statement)) checkInjuries(state, statement);
  }
}
