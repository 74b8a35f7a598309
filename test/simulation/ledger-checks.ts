import type { Mirror, VisitState } from "./mirror.ts";
import { type EntryItem, type HeaderItem, isSummed, keptKind, type SettlementItem, sumOf } from "./stored.ts";
import { demand } from "./violation.ts";

const PAYEES = ["worker", "employer"] as const;

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
const sizeOf = (amount: number): number => (amount < 0 ? 0 - amount : amount);

const bearerAccounts = ({ employerUscc, hospitalCode, caseNo }: SettlementItem): string[] => [
  "fund",
  `employer:${employerUscc}`,
  `hospital-borne:${hospitalCode}`,
  `third-party:${caseNo}`,
  "other-insurer",
  `worker:${caseNo}`,
];

/** What an account gives, less what it gets. */
const givenBy = (account: string, entries: readonly EntryItem[], to?: string): number =>
  sumOf(
    entries
      .flatMap(({ postings }) => postings)
      .map(({ source, destination, amount }) => {
        if (source === account && (to ?? destination) === destination) return amount;
        return destination === account && (to ?? source) === source ? 0 - amount : 0;
      }),
  );

/** What the worker is owed for meals is an entry apart, and taken back with the settlement. */
function checkMeals(settlement: SettlementItem, entries: readonly EntryItem[]): void {
  const owed = settlement.mealAllowance?.amount ?? 0;
  const benefits = entries.filter(({ entryId }) => entryId.endsWith("-MEALS"));
  const kind = owed < 0 ? "CLEARANCE" : "BENEFIT";
  demand(
    sumOf(benefits.map(({ total }) => total)) === owed &&
      benefits.length === (owed === 0 ? 0 : 1) &&
      benefits.every((each) => each.kind === kind),
    "a meal allowance has one entry of its own",
    () => [settlement, benefits],
  );
}

const reconciledKinds: Readonly<Record<string, string>> = {
  FINAL: "SETTLEMENT",
  INTERIM: "SETTLEMENT",
  DEFERRED: "DEFERRAL",
  RELEASE: "RELEASE",
};

const entryKindOf = (settlement: SettlementItem): string => {
  if (settlement.kind !== "REVERSAL") return reconciledKinds[settlement.kind] ?? "";
  return isSummed(settlement) ? "REVERSAL" : "CLEARANCE";
};

/** One entry for each settlement; its postings move what each bearer bears, or what is deferred, and nothing else. */
function checkOwnEntry(settlement: SettlementItem, entries: readonly EntryItem[]): void {
  const own = entries.filter(({ entryId }) => entryId === settlement.settlementId);
  const [entry] = own;
  demand(
    entry !== undefined && own.length === 1,
    "a settlement has one ledger entry of its own",
    () => settlement,
  );
  const about = () => ({ entry, settlement });
  const { hospitalCode, visitId } = settlement;
  const isDeferral = keptKind(settlement) === "DEFERRED";
  const moved = isDeferral
    ? [givenBy(`deferred:${visitId}`, own, `deferred-hospital:${hospitalCode}`)]
    : bearerAccounts(settlement).map((bearer) =>
        // Of its part the fund pays some back to whoever advanced it, before the hospital gets the rest.
        bearer === "fund" ? givenBy(bearer, own) : givenBy(bearer, own, `hospital:${hospitalCode}`),
      );
  const expected = isDeferral ? [settlement.total] : settlement.allocation;
  demand(same(moved, expected), "an entry moves what each bearer bears", about);
  demand(
    entry.total === settlement.total &&
      entry.reverses === settlement.reverses &&
      entry.kind === entryKindOf(settlement),
    "an entry says what its settlement says",
    about,
  );
}

/** Every entry balances, whatever brought it about. */
function checkBalance(entry: EntryItem): void {
  const isPositive = entry.postings.every(({ amount }) => amount > 0);
  const size = sumOf(entry.postings.map(({ amount }) => amount));
  demand(isPositive && size === sizeOf(entry.total), "an entry balances", () => entry);
  demand(
    entry.messageKey === undefined || entry.entryId === entry.settlementId,
    "only a settlement's own entry is for a message",
    () => entry,
  );
}

/** Who advanced something bears what is borne, less what the standing settlements pay back. */
function checkPayees(
  { header, settlements }: VisitState,
  borne: HeaderItem["standing"],
  all: readonly EntryItem[],
): void {
  const standing = header.standing.flatMap(({ number }) => settlements[number - 1] ?? []);
  for (const payee of PAYEES) {
    const accounts = new Set(
      all
        .flatMap(({ postings }) => postings)
        .flatMap(({ source, destination }) => [source, destination])
        .filter((account) => account.startsWith(`${payee}:`)),
    );
    const given = sumOf([...accounts].map((account) => givenBy(account, all)));
    const share = sumOf(borne.map(({ allocation }) => allocation[payee === "employer" ? 1 : 5] ?? 0));
    const repaid = sumOf(
      standing
        .flatMap(({ repayments = [] }) => repayments)
        .filter((each) => each.payee.toLowerCase() === payee)
        .map(({ amount }) => amount),
    );
    demand(given === share - repaid, "an advance goes back to the one who paid it", () => [header, all]);
  }
}

/** What an employer's account gave of a visit is what that employer bears of what stands, less what it gets back. */
function checkEmployerAccounts({ header, settlements }: VisitState, all: readonly EntryItem[]): void {
  const last = header.standing.at(-1);
  const due = new Map<string, number>();
  for (const each of header.standing) {
    const settlement = settlements[each.number - 1];
    if (settlement === undefined || each.kind === "DEFERRED") continue;
    if (each.kind === "RELEASE" && each !== last) continue;
    const uscc = each.kind === "RELEASE" ? header.employerUscc : settlement.employerUscc;
    const back = (settlement.repayments ?? []).filter(({ payee }) => payee === "EMPLOYER");
    const own = (each.allocation[1] ?? 0) - sumOf(back.map(({ amount }) => amount));
    due.set(`employer:${uscc}`, (due.get(`employer:${uscc}`) ?? 0) + own);
  }
  const accounts = all
    .flatMap(({ postings }) => postings)
    .flatMap(({ source, destination }) => [source, destination])
    .filter((account) => account.startsWith("employer:"));
  for (const account of new Set([...accounts, ...due.keys()])) {
    const isRight = givenBy(account, all) === (due.get(account) ?? 0);
    demand(isRight, "what an employer bears is on its own account", () => [header, account, all]);
  }
}

/** What all entries of a visit come to is what its header says: nothing is lost or counted twice. */
function checkAccounts(state: VisitState, all: EntryItem[]): void {
  const { header, settlements } = state;
  const { standing, status, visitId } = header;
  const last = standing.at(-1);
  const about = () => ({ header, all });
  const deferred = last?.kind === "DEFERRED" ? last.total : 0;
  const isOnAccount = givenBy(`deferred:${visitId}`, all) === deferred;
  demand(isOnAccount, "what is deferred of a visit is on its account, else nothing", about);
  demand((status === "DEFERRED") === (last?.kind === "DEFERRED"), "a deferred visit has a deferral", about);
  const borne = standing.filter(
    (each) => each.kind === "INTERIM" || each.kind === "FINAL" || (each === last && each.kind === "RELEASE"),
  );
  const settled = sumOf(borne.map(({ total }) => total));
  const paid = 0 - givenBy(`hospital:${header.hospitalCode}`, all);
  const repaid = sumOf(standing.map((each) => each.repaid ?? 0));
  demand(
    paid === settled - repaid,
    "the hospital is paid what is settled or released, once, less what goes back of advances",
    about,
  );
  const ofFund = sumOf(borne.map(({ allocation }) => allocation[0] ?? 0));
  const fund = givenBy("fund", all) - givenBy("fund", all, `recovery:${header.caseNo}`);
  demand(fund === ofFund, "the fund pays what is settled, and nothing that is deferred or left it", about);
  checkPayees(state, borne, all);
  checkEmployerAccounts(state, all);
  const recoverable = givenBy(`recovery:${header.caseNo}`, all);
  demand(recoverable === (header.recoverable ?? 0), "what is to be recovered is on its account", about);
  const meals = settlements
    .filter(({ settlementId }) => standing.some(({ number }) => settlementId === `${visitId}-${number}`))
    .map(({ mealAllowance }) => mealAllowance?.amount ?? 0);
  demand(
    givenBy("fund-benefits", all) === sumOf(meals),
    "a worker is owed the meals of the stay that is settled",
    about,
  );
}

/** Everything that the ledger says of one visit. */
export function checkLedger(state: VisitState, mirror: Mirror): void {
  const { settlements, header } = state;
  const all: EntryItem[] = [];
  for (const settlement of settlements) {
    const entries = mirror.entriesOf(settlement.settlementId);
    checkOwnEntry(settlement, entries);
    checkMeals(settlement, entries);
    all.push(...entries);
  }
  const isNamed = all.every(({ hospitalCode }) => hospitalCode === header.hospitalCode);
  demand(isNamed, "an entry is on its own hospital's days", () => all);
  for (const entry of all) checkBalance(entry);
  checkAccounts(state, all);
}
