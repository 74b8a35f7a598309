import { checkAdvances } from "./advance-checks.ts";
import { checkLedger } from "./ledger-checks.ts";
import type { Mirror, VisitState } from "./mirror.ts";
import {
  type HeaderItem,
  isFunds,
  keptKind,
  type SettledLineItem,
  type SettlementItem,
  sumOf,
  textOf,
} from "./stored.ts";
import { demand } from "./violation.ts";
import { MAX_LINES_OF_BILL } from "./world.ts";

const isStay = (visitType: string): boolean => visitType.endsWith("INPATIENT");
const add = (a: readonly number[], b: readonly number[]): number[] =>
  a.map((part, index) => part + (b[index] ?? 0));
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
const negative = (parts: readonly number[]): number[] => parts.map((part) => (part === 0 ? 0 : -part));

function settledLines(state: VisitState, settlement: SettlementItem, number: number): SettledLineItem[] {
  const parts = state.settledParts.get(settlement.linesOf ?? number) ?? [];
  return parts.flatMap((part) => JSON.parse(textOf(part.packed as Uint8Array)) as SettledLineItem[]);
}

/** A reversal and a settlement restored point at what they take back, and that points at them. */
function checkLinks({ settlements, marks }: VisitState): void {
  for (const [index, settlement] of settlements.entries()) {
    const number = index + 1;
    const isTwin = settlement.kind === "REVERSAL" || settlement.reverses !== undefined;
    if (!isTwin) continue;
    const target = settlements.findIndex(({ settlementId }) => settlementId === settlement.reverses) + 1;
    const original = settlements[target - 1];
    demand(original !== undefined && target < number, "a reversal points at its original", () => settlement);
    demand(
      marks.get(target) === settlement.settlementId,
      "the original points at its reversal",
      () => settlement,
    );
    demand(
      settlement.total === 0 - original.total && same(settlement.allocation, negative(original.allocation)),
      "a reversal is the negative of its original",
      () => [settlement, original],
    );
    demand(
      settlement.reversesSettledAt === original.settledAt && settlement.reversesKind === original.kind,
      "a reversal knows its original's time and kind",
      () => settlement,
    );
  }
  for (const [number, settlementId] of marks) {
    const twin = settlements.find((each) => each.settlementId === settlementId);
    demand(
      twin?.reverses === settlements[number - 1]?.settlementId,
      "a settlement is taken back by what its mark names",
      () => ({ number, settlementId }),
    );
  }
}

const closedBy: Readonly<Record<string, string>> = {
  FINAL: "SETTLED",
  DEFERRED: "DEFERRED",
  RELEASE: "RELEASED",
};
/** A final settlement takes the place of a deferral or a release, and a release that of a deferral. */
const ORDER = /^(INTERIM )*(DEFERRED )?(RELEASE )?(FINAL )?$/;

/** The last of a visit's settlements, as if what was undone and stands again had never been undone. */
function lastDone(settlements: readonly SettlementItem[]): SettlementItem | undefined {
  const last = settlements.at(-1);
  const isAgain = last !== undefined && last.kind !== "REVERSAL" && last.reverses !== undefined;
  return isAgain ? lastDone(settlements.slice(0, -2)) : last;
}

/** The header's list and sums are those of the settlements that nothing took back. */
function checkStanding({ header, settlements, marks }: VisitState): void {
  const standing = settlements.filter(({ kind }, index) => kind !== "REVERSAL" && !marks.has(index + 1));
  demand(
    same(
      header.standing.map(({ number }) => `${header.visitId}-${number}`),
      standing.map(({ settlementId }) => settlementId),
    ),
    "the header lists the settlements that stand",
    () => header,
  );
  demand(
    same(
      header.standing.map(({ kind, at, total, allocation }) => [kind, at, total, allocation]),
      standing.map(({ kind, settledAt, total, allocation }) => [kind, settledAt, total, allocation]),
    ),
    "the header's amounts are those of the settlements that stand",
    () => [header, standing],
  );
  const closed = closedBy[standing.at(-1)?.kind ?? ""];
  const isOpen = ["OPEN", "DISCHARGED", "CANCELLED"].includes(header.status);
  demand(
    closed === undefined ? isOpen : header.status === closed,
    "a visit is settled by a final settlement, and waits or is released by one that says so",
    () => header,
  );
  const last = lastDone(settlements);
  const isTakenBack = closed !== undefined && header.status !== "SETTLED" && last?.kind === "REVERSAL";
  demand(
    header.takenBack === (isTakenBack ? keptKind(last) : undefined),
    "what the hospital took back of a claim that waits again is said, for no job to settle it once more",
    () => [header, last],
  );
  demand(
    header.status !== "CANCELLED" || standing.length === 0,
    "nothing of a cancelled visit stands settled",
    () => header,
  );
  const kinds = standing.map(({ kind }) => `${kind} `).join("");
  demand(
    ORDER.test(kinds),
    "after a final settlement nothing more is settled, nor after a release deferred",
    () => header,
  );
}

/** Each line is in at most one settlement of the fund that stands, and all in the order of posting. */
function checkLinesSettled(state: VisitState): void {
  const { header, lines, settlements } = state;
  demand(header.lineCount === lines.length, "the header counts the lines that stand", () => header);
  let first = 0;
  for (const { number, kind, lineCount } of header.standing) {
    const settlement = settlements[number - 1];
    demand(settlement !== undefined, "a standing settlement exists", () => header);
    const covered = lines.slice(first, lineCount);
    const settled = settledLines(state, settlement, number);
    const named = settled.flatMap(({ lineNo, refunds }) => [lineNo, ...refunds]);
    demand(
      same([...named].sort(), covered.map(({ lineNo }) => lineNo).sort()),
      "a settlement is of the lines that no earlier one settled, each once",
      () => ({ header, named, covered }),
    );
    const gross = sumOf(covered.map(({ amount }) => amount));
    demand(settlement.total === gross, "a settlement's total is that of its lines", () => ({
      settlement,
      gross,
    }));
    demand(settlement.lineCount === covered.length, "a settlement counts its lines", () => settlement);
    if (isFunds(kind)) first = lineCount;
  }
}

function checkAmounts(state: VisitState): void {
  for (const [index, settlement] of state.settlements.entries()) {
    const { total, allocation } = settlement;
    demand(sumOf(allocation) === total, "six bearers add up to the total", () => settlement);
    const settled = settledLines(state, settlement, index + 1);
    for (const line of settled) {
      demand(sumOf(line.allocation) === line.gross, "six bearers add up to a line's gross", () => line);
    }
    const sums = settled.map((line) => line.allocation).reduce(add, [0, 0, 0, 0, 0, 0]);
    const expected = settlement.kind === "REVERSAL" ? negative(sums) : sums;
    demand(same(allocation, expected), "a settlement is the sum of its lines", () => ({ settlement, sums }));
  }
}

interface StayItem {
  readonly visitId: string;
  readonly admittedAt: string;
  readonly dischargedAt?: string;
  readonly bedReleasedAt?: string;
  readonly countsUntil?: string;
}

const dayAt = (at: string): string => new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 10);

interface Over {
  readonly admittedAt: string;
  readonly dischargedAt: string;
  /** Of a stay whose bed was freed: its last day beside the worker's other stays. */
  readonly countsUntil?: string | undefined;
}

/** The nights of a stay that is over, by the days on which they begin; of one without a night, its day. */
function nightsOf({ admittedAt, dischargedAt, countsUntil }: Over): string[] {
  const nights: string[] = [];
  const last = countsUntil ?? dayAt(dischargedAt);
  for (let at = Date.parse(admittedAt); dayAt(new Date(at).toISOString()) < last; at += 86_400_000)
    nights.push(dayAt(new Date(at).toISOString()));
  return nights;
}

/** The days of service of a stay's lines that the fund has settled. */
function paidDays({ header, lines }: VisitState): Set<string> {
  const count = header.standing.findLast(({ kind }) => isFunds(kind))?.lineCount ?? 0;
  return new Set(lines.slice(0, count).map(({ serviceAt }) => dayAt(serviceAt)));
}

/** Of each day one stay is paid, and on the day of a transfer, with which the later one begins, both. */
function checkPaidDays(visits: readonly VisitState[]): void {
  for (const [place, one] of visits.entries()) {
    const days = paidDays(one);
    for (const other of visits.slice(0, place)) {
      const [transfer] = [one, other]
        .map(({ header }) => dayAt(header.admittedAt))
        .toSorted()
        .slice(-1);
      const shared = [...paidDays(other)].filter((day) => days.has(day));
      demand(
        shared.every((day) => day === transfer),
        "no day but that of a transfer is paid to two stays of a worker",
        () => ({ shared, headers: [one.header, other.header] }),
      );
    }
  }
}

/** A worker's stays are those of the worker's visits; one is open, no two share a night, no night's meal is paid twice. */
function checkStays(header: HeaderItem, mirror: Mirror): void {
  if (!isStay(header.visitType)) return;
  const stays = (mirror.get(`STAY#${header.workerId}`, "STAY")?.stays ?? []) as StayItem[];
  const own = stays.find(({ visitId }) => visitId === header.visitId);
  const about = () => ({ header, stays });
  demand(
    (own !== undefined) === (header.status !== "CANCELLED") &&
      (own === undefined ||
        (own.admittedAt === header.admittedAt &&
          own.dischargedAt === header.dischargedAt &&
          own.bedReleasedAt === header.bedReleasedAt)),
    "a worker's stays are known to each other as they are, and no cancelled one is",
    about,
  );
  const open = stays.filter((stay) => stay.dischargedAt === undefined && stay.bedReleasedAt === undefined);
  const holdsBed = header.status === "OPEN" && header.bedReleasedAt === undefined;
  demand(
    open.length <= 1 && (open[0]?.visitId === header.visitId) === holdsBed,
    "an open stay holds the worker's bed unless the agency freed it, and no other visit does",
    about,
  );
  const nights = stays.flatMap(({ admittedAt, dischargedAt, countsUntil }) =>
    dischargedAt === undefined ? [] : nightsOf({ admittedAt, dischargedAt, countsUntil }),
  );
  demand(new Set(nights).size === nights.length, "no two stays of a worker share a night", about);
  const visits = stays.flatMap(({ visitId }) => mirror.visit(visitId) ?? []);
  const paid = visits.flatMap(({ header: of, settlements }) =>
    of.standing.flatMap(({ number }) => {
      const days = settlements[number - 1]?.mealAllowance?.days ?? 0;
      if (days === 0 || of.dischargedAt === undefined) return [];
      const { admittedAt, dischargedAt } = of;
      const countsUntil = stays.find(({ visitId }) => visitId === of.visitId)?.countsUntil;
      const own = nightsOf({ admittedAt, dischargedAt, countsUntil });
      return (own.length === 0 ? [dayAt(admittedAt)] : own).slice(-days);
    }),
  );
  demand(new Set(paid).size === paid.length, "no night's meal is paid twice", about);
  checkPaidDays(visits);
}

/** Everything that must hold of one visit at every instant. */
export function checkVisit(state: VisitState, mirror: Mirror): void {
  const { header, settlements } = state;
  const numbered = settlements.every(
    ({ settlementId }, index) => settlementId === `${header.visitId}-${index + 1}`,
  );
  demand(
    numbered && header.settlementCount === settlements.length,
    "settlements are numbered without a gap",
    () => header,
  );
  checkLinks(state);
  checkStanding(state);
  checkLinesSettled(state);
  const settled = header.standing.findLast(({ kind }) => isFunds(kind))?.lineCount ?? 0;
  demand(
    header.lineCount - settled <= MAX_LINES_OF_BILL,
    "no more is unsettled than can be settled at once",
    () => header,
  );
  checkAmounts(state);
  checkLedger(state, mirror);
  checkAdvances(state);
  checkStays(header, mirror);
  const number = mirror.get(`VISIT_NUMBER#${header.hospitalCode}#${header.hospitalVisitNo}`, "VISIT_NUMBER");
  demand(
    (number?.visitId === header.visitId) === (header.status !== "CANCELLED"),
    "a visit holds its number until it is cancelled",
    () => ({ header, number }),
  );
}
