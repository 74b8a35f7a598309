import type { Change } from "./commit.ts";
import type { Mirror } from "./mirror.ts";
import type { HeaderItem } from "./stored.ts";
import { areEqual, type Item } from "./values.ts";
import { demand } from "./violation.ts";

const RULE = "each event is written with the change that it tells of";

const isEvent = ({ pk }: Change): boolean => pk.startsWith("EVENTS#");
const isHeader = ({ pk, sk }: Change): boolean => pk.startsWith("VISIT#") && sk === "HEADER";
const isCase = ({ pk, sk }: Change): boolean => pk.startsWith("WORKER#") && sk.startsWith("CASE#");

/** A worker is told of when benefits are stopped or go on, an employer when its insured periods change. */
function partyEvents({ sk, before, after }: Change, events: readonly Item[]): string[] {
  const isStopped = sk === "WORKER" && before !== undefined && before.frozen !== after?.frozen;
  const isInsured = sk === "EMPLOYER" && !areEqual(before?.insured, after?.insured);
  const subject = String(isStopped ? after?.workerId : after?.uscc);
  const at = events.find((event) => event.subject === subject)?.at;
  return isStopped || isInsured ? [`${subject}-${Date.parse(String(at))}`] : [];
}

/** What of a visit is told when it changes. */
const told = ({ status, standing, guarantee, caseNo, bedReleasedAt }: HeaderItem): string =>
  JSON.stringify([status, standing.map(({ number }) => number), guarantee, caseNo, bedReleasedAt]);

function isTold(was: HeaderItem | undefined, is: HeaderItem): boolean {
  if (was === undefined || told(was) !== told(is)) return true;
  const isBlocked = is.blockedBy !== undefined && is.blockedBy !== was.blockedBy;
  return isBlocked || (is.recoverable !== undefined && is.recoverable !== was.recoverable);
}

/** One event for each change of a claim or a case, in the transaction of the change, and in order. */
export class EventChecks {
  readonly #latest = new Map<string, string>();

  check(changes: readonly Change[], mirror: Mirror): readonly Item[] {
    const events = changes.filter(isEvent).flatMap(({ after }) => (after === undefined ? [] : [after]));
    const expected: string[] = [];
    for (const { before, after } of changes.filter(isHeader)) {
      const [was, is] = [before, after] as unknown as [HeaderItem | undefined, HeaderItem];
      const isMoved = was !== undefined && was.employerUscc !== is.employerUscc && was.caseNo === is.caseNo;
      const settlement = mirror.visit(is.visitId)?.settlements.at(-1);
      const isSettling = is.settlementCount !== (was?.settlementCount ?? 0);
      // What is settled or restored is the new employer's; what is reversed was the old one's, and goes over after that.
      const first = events.find(({ eventId }) => eventId === `${is.visitId}-${is.version - 2}`);
      const isMovedFirst = isMoved && first?.type === "CLAIM_EMPLOYER_CORRECTED";
      const isReversed = isMoved && is.standing.length < was.standing.length;
      demand(!(isMovedFirst && isReversed), RULE, () => [was, is]);
      const { hospitalCode } = is;
      const happened = {
        employerUscc: (isMoved && !isMovedFirst ? was : is).employerUscc,
        status: is.status,
        hospitalCode,
        isSettling,
      };
      const { status } = isMovedFirst ? was : is;
      // A word to the employer that it leaves, and one to the employer that it comes to.
      const moved = (isMoved ? [was, is] : []).map(({ employerUscc }, index) => ({
        ...{ employerUscc, status, isSettling: false },
        hospitalCode: index === 0 ? undefined : hospitalCode,
      }));
      const ofItself = isTold(was, is) ? [happened] : [];
      const words = isMovedFirst ? [...moved, ...ofItself] : [...ofItself, ...moved];
      for (const [index, word] of words.entries()) {
        const eventId = `${is.visitId}-${is.version - words.length + 1 + index}`;
        expected.push(eventId);
        const event = events.find((each) => each.eventId === eventId);
        demand(
          event?.status === word.status &&
            event.caseNo === is.caseNo &&
            event.at === is.updatedAt &&
            event.hospitalCode === word.hospitalCode &&
            event.employerUscc === word.employerUscc &&
            event.settlementId === (word.isSettling ? settlement?.settlementId : undefined),
          RULE,
          () => [is, event],
        );
      }
    }
    expected.push(...changes.flatMap((change) => partyEvents(change, events)));
    for (const { after } of changes.filter(isCase)) {
      expected.push(`${String(after?.caseNo)}-${String(after?.version)}`);
    }
    const ids = events.map(({ eventId }) => String(eventId));
    demand(ids.sort().join() === expected.sort().join(), RULE, () => [ids, expected]);
    for (const event of events) this.#checkOrder(event);
    return events;
  }

  /** Whoever reads a visit's events reads them in the order of its versions, whatever the clocks of functions say. */
  #checkOrder({ subject, visitId, sk, sequence }: Item): void {
    // Two statements of a case may be told the wrong way round by clocks that differ: jobs read the case itself.
    if (visitId === undefined) return;
    const latest = this.#latest.get(String(subject)) ?? "";
    const isLater = String(sk) > latest;
    demand(isLater, "events of one subject are in order", () => [subject, sequence, sk, latest]);
    this.#latest.set(String(subject), String(sk));
  }
}
