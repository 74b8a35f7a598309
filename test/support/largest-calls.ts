import {
  caseBody,
  ID_NUMBER,
  itemBody,
  lineBody,
  OTHER_EMPLOYER,
  stateAnotherWorker,
  visitBody,
} from "./demo-case.ts";
import { makeIncompressible } from "./incompressible.ts";
import { makeCursor } from "./make-cursor.ts";
import type { CallAnswer, CallInput } from "./service.ts";

const noise = makeIncompressible(19);
const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

/** Calls an operation; what it costs is measured where the test says so. */
export interface Caller {
  readonly call: (id: string, input?: CallInput) => Promise<CallAnswer>;
  readonly must: (id: string, input?: CallInput) => Promise<CallAnswer>;
}

const CODES = times(500, () => noise.code(40).toUpperCase());
const terms = {
  maxPerDay: "1",
  maxPerVisit: "9999.9999",
  fundRatio: "0.85",
  ratioRemainderBearer: "EMPLOYER",
};
const periods = times(8, (year) => ({
  ...itemBody("").periods[0],
  ...terms,
  overCapBearer: "PERSONAL",
  caps: { "1": "123456.123456", "2": "123456.123457", "3": "123456.123458" },
  from: `${2019 + year}-01-01`,
  to: `${2019 + year}-12-31`,
}));
/** A catalogue message of as many items as one takes, with periods of eight years. */
const catalogue = {
  items: CODES.map((code) => ({ ...itemBody(code), name: noise.words(200), unit: noise.words(40), periods })),
};

/** A line with every field as long as it may be, of text that does not shrink. */
const largestLine = (index: number) =>
  lineBody(noise.printable(64), {
    itemCode: CODES[index % CODES.length],
    hospitalItemCode: noise.printable(64),
    name: noise.words(200),
    consent: { signedBy: "WORKER", reference: noise.words(100) },
    serviceAt: `2026-03-0${1 + (index % 9)}T0${index % 10}:00:00+08:00`,
  });

export async function changeCatalogue({ must }: Caller): Promise<void> {
  await must("preview-catalogue", { body: catalogue });
  await must("import-catalogue", { body: catalogue });
  const itemCode = CODES[0] ?? "";
  await must("preview-catalogue", { body: catalogue });
  await must("get-catalogue-item", { params: { itemCode } });
  const removal = { from: "2019-01-01", reason: "误录的有效期" };
  await must("remove-catalogue-period", { params: { itemCode }, body: removal });
}

/** A stay with as many of the longest lines as are taken: every verb of it, and all that is read of it. */
export async function treatLongest({ call, must }: Caller): Promise<void> {
  const { body: visit } = await must("register-visit", {
    body: visitBody("LONGEST", { visitType: "INPATIENT", ...(await stateAnotherWorker({ must })) }),
  });
  const params = { visitId: String(visit.visitId) };
  for (let status = 201; status === 201; ) {
    const lines = times(500, largestLine);
    ({ status } = await call("upload-charges", { params, body: { lines } }));
  }
  await must("revoke-charges", { params, body: { all: true }, key: "revoked" });
  await must("get-message", { params: { key: "revoked" } });
  await must("cancel-message", { params: { key: "revoked" } });
  for (const id of ["list-charges", "list-agency-charges"])
    await must(id, { params, query: { limit: "100" } });
  await must("record-advance", { params, body: { paidBy: "WORKER", amount: "5.00", receipt: "R1" } });
  await must("amend-visit", { params, body: { department: noise.words(60) } });
  const dischargedAt = "2026-03-09T15:00:00+08:00";
  await must("discharge-worker", { params, body: { dischargedAt }, key: "left" });
  await must("cancel-discharge", { params, body: {} });
  await must("discharge-worker", { params, body: { dischargedAt } });
  await must("preview-settlement", { params });
  const { body: settlement } = await must("settle-visit", { params, key: "longest" });
  const settled = { settlementId: String(settlement.settlementId) };
  for (const id of ["list-settlement-lines", "list-agency-settlement-lines"])
    await must(id, { params: settled, query: { limit: "100" } });
  for (const id of ["get-settlement", "get-agency-settlement"]) await must(id, { params: settled });
  await must("get-message", { params: { key: "longest" } });
  await must("reverse-settlement", { params: settled, body: { reason: "录入有误" }, key: "taken-back" });
  await must("cancel-message", { params: { key: "taken-back" } });
  for (const id of ["get-visit", "get-agency-visit"]) await must(id, { params });
}

const zero = { fund: "0.00", employer: "0.00", hospital: "0.00" };
const allocation = { ...zero, thirdParty: "0.00", otherInsurer: "0.00", personal: "0.00" };

/** A day with 20,000 rows, of which the fund has none. */
export async function reconcileLongest({ must }: Caller, date: string): Promise<void> {
  const sums = { count: 20_000, total: "0.00", allocation };
  const { body } = await must("reconcile-day", {
    body: { date, settlements: sums, reversals: { ...sums, count: 0 } },
  });
  const params = { reconciliationId: String(body.reconciliationId) };
  for (let calls = 0; calls < 20; calls += 1) {
    const rows = times(1_000, () => ({
      kind: "SETTLEMENT",
      messageKey: noise.code(64),
      total: "0.00",
      allocation,
    }));
    await must("post-reconciliation-details", { params, body: { rows, last: calls === 19 } });
  }
  await must("get-reconciliation", { params });
  for (const format of ["json", "csv"])
    await must("list-differences", { params, query: { limit: "100", format } });
}

const MANY = 100;

/** A hundred bills that wait for the decision of one case, which then turns out to be another employer's. */
export async function deferMany({ must }: Pick<Caller, "must">, caseNo: string): Promise<void> {
  await must("put-case", { params: { caseNo }, body: caseBody({ status: "APPLIED" }) });
  const defer = async (index: number): Promise<void> => {
    const { body } = await must("register-visit", { body: visitBody(`MANY-${index}`, { caseNo }) });
    const params = { visitId: String(body.visitId) };
    await must("upload-charges", { params, body: { lines: [lineBody("1")] } });
    await must("settle-visit", { params });
  };
  for (let start = 0; start < MANY; start += 4) await Promise.all(times(4, (place) => defer(start + place)));
}

/** Every list and sum at its longest. */
export async function readLongest(
  { must }: Caller,
  {
    caseNo,
    days,
  }: { readonly caseNo: string; readonly days: Readonly<Record<"today" | "monthAgo" | "yearAgo", string>> },
): Promise<void> {
  const limit = "100";
  const year = { from: days.yearAgo, to: days.today };
  const month = { from: days.monthAgo, to: days.today };
  await must("get-case", { params: { caseNo }, query: { limit } });
  await must("list-deferred-claims", { query: { limit } });
  await must("list-claims", { query: { limit } });
  await must("list-visits", { query: { ...year, limit } });
  await must("find-visits", { body: { idNumber: ID_NUMBER }, query: { limit } });
  await must("summarise-claims", { query: year });
  await must("summarise-settlements", { query: { ...year, groupBy: "employer" } });
  await must("list-reconciliations", { query: month });
  await must("list-audit-events", { query: { ...month, limit } });
  const after = makeCursor("list-agency-events", {}, `${days.monthAgo}T00:00:00+08:00#V1#0000001`);
  for (const audience of ["hospital", "enterprise", "agency"])
    await must(`list-${audience}-events`, { query: { limit } });
  await must("list-agency-events", { query: { after, limit } });
  const body = { employerUscc: OTHER_EMPLOYER, reason: "录入有误已核对" };
  await must("correct-employer", { params: { caseNo }, body });
}
