import * as z from "zod/mini";
import { type Allocation, fieldOf, totalOf, ZERO_ALLOCATION } from "../../shared/domain/bearers.ts";
import { CatalogueItem } from "../../shared/domain/catalogue/catalogue.ts";
import { type Policy, PolicyTerms } from "../../shared/domain/catalogue/policy.ts";
import type { ReferenceData } from "../../shared/domain/catalogue/reference-data.ts";
import { type Day, DaySchema, type Instant, InstantSchema } from "../../shared/domain/dates.ts";
import { type Fen, parseYuan } from "../../shared/domain/money.ts";
import { type Employer, EmployerStatement } from "../../shared/domain/registry/employer.ts";
import { type Hospital, HospitalStatement } from "../../shared/domain/registry/hospital.ts";
import { CaseInput, type InjuryCase, toNextCase } from "../../shared/domain/registry/injury-case.ts";
import { toWorker, type Worker, WorkerStatement } from "../../shared/domain/registry/worker.ts";
import type { Bill } from "../../shared/domain/settlements/adjudicate-bill.ts";
import type { BilledVisit } from "../../shared/domain/settlements/bill.ts";
import type { Settlement } from "../../shared/domain/settlements/settlement.ts";
import { ChargeLine } from "../../shared/domain/visits/charge-line.ts";
import type { CaseFacts } from "../../shared/domain/visits/conditions.ts";
import type { StandingSettlement, Visit, VisitDetails } from "../../shared/domain/visits/visit.ts";
import { amountText } from "./exact.ts";

/**
 * Test data with overrides. Bodies are what a caller sends, with decimals as text; what is made of them has gone
 * through the schema that a request goes through. The worker was hurt on 1 March 2026 and is treated from 5 March.
 */
type Overrides = Readonly<Record<string, unknown>>;

export const toDay = (text: string): Day => z.parse(DaySchema, text);
export const toInstant = (text: string): Instant => z.parse(InstantSchema, text);

/** The moment at which tests take place, Asia/Shanghai. */
export const NOW: Instant = toInstant("2026-03-10T09:00:00+08:00");

export const HOSPITAL_CODE = "H33030400001";
export const CASE_NO = "GS2026000001";
/** The examples of GB 32100-2015 and of GB 11643-1999. */
export const USCC = "91350100M000100Y43";
export const ID_NUMBER = "11010519491231002X";
export const CARD_NUMBER = "C000000001";

/** The bodies of requests, by what they state. */
export const bodies = {
  hospital: (overrides: Overrides = {}) => ({
    name: "云渚市中心医院",
    tier: 3,
    services: ["OUTPATIENT", "INPATIENT"],
    agreement: { from: "2024-01-01", to: "2028-12-31", status: "ACTIVE" },
    ...overrides,
  }),
  employer: (overrides: Overrides = {}) => ({
    name: "云渚市霁川五金制品有限公司",
    insured: [{ from: "2019-07-01", to: null }],
    ...overrides,
  }),
  worker: (overrides: Overrides = {}) => ({
    idNumber: ID_NUMBER,
    cardNumber: CARD_NUMBER,
    name: "罗雨",
    frozen: false,
    ...overrides,
  }),
  case: (overrides: Overrides = {}) => ({
    idNumber: ID_NUMBER,
    employerUscc: USCC,
    injuredOn: "2026-03-01",
    status: "RECOGNISED",
    thirdPartyLiability: false,
    injuries: [{ bodyPart: "右手", description: "掌骨骨折", diagnosisPrefixes: ["S62"] }],
    authorisations: [
      { benefit: "OUTPATIENT", from: "2026-03-01", to: "2027-02-28" },
      { benefit: "INPATIENT", from: "2026-03-01", to: "2027-02-28" },
    ],
    ...overrides,
  }),
  policy: (overrides: Overrides = {}) => ({
    unrelatedBearer: "OTHER_INSURER",
    noEmployerNoticeBearer: "EMPLOYER",
    noConsentBearer: "HOSPITAL",
    overCapBearer: "HOSPITAL",
    overQuantityBearer: "HOSPITAL",
    releasedBearer: "PERSONAL",
    mealAllowancePerDay: "22.00",
    ...overrides,
  }),
  /** A period of the catalogue in which everything is payable without cap or limit. */
  period: (overrides: Overrides = {}) => ({
    from: "2024-01-01",
    to: null,
    medical: true,
    rehabilitation: true,
    restricted: false,
    caps: null,
    ...overrides,
  }),
  item: (overrides: Overrides = {}) => ({
    itemCode: "A",
    name: "换药",
    kind: "SERVICE",
    unit: "次",
    periods: [bodies.period()],
    ...overrides,
  }),
  /** A line whose amount is its unit price times its quantity, unless said otherwise. */
  line: (overrides: Overrides = {}) => {
    const { unitPrice = "10.00", quantity = "1", ...others } = overrides;
    return {
      lineNo: "1",
      itemCode: "A",
      name: "换药",
      quantity,
      unitPrice,
      amount: amountText(String(unitPrice), String(quantity)),
      serviceAt: "2026-03-06T09:00:00+08:00",
      ...others,
    };
  },
  registration: (overrides: Overrides = {}) => ({
    hospitalVisitNo: "ZY20260305001",
    visitType: "INPATIENT",
    idNumber: ID_NUMBER,
    caseNo: CASE_NO,
    admittedAt: "2026-03-05T08:00:00+08:00",
    department: "骨科",
    diagnoses: [{ code: "S62.301", name: "掌骨骨折", primary: true }],
    employerNotice: { reference: "TZ1", at: "2026-03-05T09:00:00+08:00" },
    ...overrides,
  }),
};

export const makeHospital = (overrides: Overrides = {}): Hospital => ({
  code: HOSPITAL_CODE,
  ...z.parse(HospitalStatement, bodies.hospital(overrides)),
});

export const makeEmployer = (overrides: Overrides = {}): Employer => ({
  uscc: USCC,
  ...z.parse(EmployerStatement, bodies.employer(overrides)),
});

export const makeWorker = (overrides: Overrides = {}): Worker =>
  toWorker("W1", z.parse(WorkerStatement, bodies.worker(overrides)));

export function makeCase({
  caseNo = CASE_NO,
  ...overrides
}: Overrides & { caseNo?: string } = {}): InjuryCase {
  const { idNumber: _, ...statement } = z.parse(CaseInput, bodies.case(overrides));
  return toNextCase(undefined, { caseNo, workerId: "W1", ...statement }, NOW);
}

export const makePolicy = ({
  effectiveFrom = "2026-01-01",
  ...overrides
}: Overrides & { effectiveFrom?: string } = {}): Policy => ({
  effectiveFrom: toDay(effectiveFrom),
  ...z.parse(PolicyTerms, bodies.policy(overrides)),
});

export const makeItem = (overrides: Overrides = {}): CatalogueItem =>
  z.parse(CatalogueItem, bodies.item(overrides));

/** An item with one period, without end. */
export const makeItemOf = (period: Overrides, overrides: Overrides = {}): CatalogueItem =>
  makeItem({ periods: [bodies.period(period)], ...overrides });

export const makeLine = (overrides: Overrides = {}): ChargeLine =>
  z.parse(ChargeLine, bodies.line(overrides));

/** A refund of a line that `makeLine` made, by default of one unit. */
export const makeRefund = (overrides: Overrides = {}): ChargeLine =>
  makeLine({ lineNo: "1R", refundOf: "1", quantity: "-1", ...overrides });

/** A bill of a tier-3 hospital for an inpatient, of whose injury the employer gave notice. */
export function makeBill({
  items = [makeItem()],
  ...overrides
}: Partial<Omit<Bill, "findItem">> & { readonly items?: readonly CatalogueItem[] } = {}): Bill {
  return {
    visitType: "INPATIENT",
    tier: 3,
    employerNotice: true,
    injuries: [{ diagnosisPrefixes: ["S62"] }],
    policy: makePolicy(),
    findItem: (itemCode) => items.find((item) => item.itemCode === itemCode),
    lines: [makeLine()],
    usedBefore: [],
    ...overrides,
  };
}

/** An allocation from amounts in yuan by bearer; the others bear nothing. */
export function makeAllocation(parts: Partial<Readonly<Record<keyof Allocation, string>>>): Allocation {
  const allocation: { -readonly [field in keyof Allocation]: Fen } = { ...ZERO_ALLOCATION };
  for (const field of Object.values(fieldOf)) {
    const part = parts[field];
    if (part !== undefined) allocation[field] = parseYuan(part);
  }
  return allocation;
}

export const makeVisit = (overrides: Partial<Visit> = {}): Visit => ({
  visitId: "V1",
  version: 1,
  status: "OPEN",
  guarantee: "DIRECT",
  visitType: "INPATIENT",
  hospitalCode: HOSPITAL_CODE,
  hospitalVisitNo: "ZY20260305001",
  tier: 3,
  workerId: "W1",
  maskedName: "罗*",
  caseNo: CASE_NO,
  employerUscc: USCC,
  injuredOn: toDay("2026-03-01"),
  admittedAt: toInstant("2026-03-05T08:00:00+08:00"),
  lineCount: 0,
  detailsVersion: 1,
  linesVersion: 0,
  settlementCount: 0,
  standing: [],
  updatedAt: NOW,
  ...overrides,
});

/** A settlement that stands, by default one of everything, of 100 yuan from the fund. */
export const makeStanding = ({
  allocation = makeAllocation({ fund: "100.00" }),
  ...overrides
}: Partial<StandingSettlement> = {}): StandingSettlement => ({
  number: 1,
  kind: "FINAL",
  at: NOW,
  lineCount: 1,
  total: totalOf(allocation),
  allocation,
  ...overrides,
});

/** A settlement whose total is what its bearers pay. */
export function makeSettlement({
  allocation = makeAllocation({ fund: "100.00" }),
  ...overrides
}: Partial<Settlement> = {}): Settlement {
  return {
    settlementId: "V1-1",
    visitId: "V1",
    kind: "FINAL",
    settledAt: NOW,
    hospitalCode: HOSPITAL_CODE,
    employerUscc: USCC,
    visitType: "INPATIENT",
    caseNo: CASE_NO,
    policyEffectiveFrom: toDay("2026-01-01"),
    catalogueVersion: 1,
    total: totalOf(allocation),
    allocation,
    reasons: [],
    lineCount: 1,
    ...overrides,
  };
}

/** What describes a visit of whose injury the employer gave notice. */
export const makeDetails = (overrides: Partial<VisitDetails> = {}): VisitDetails => ({
  department: "骨科",
  diagnoses: [{ code: "S62.301", name: "掌骨骨折", primary: true }],
  employerNotice: { reference: "TZ1", at: NOW },
  injuries: [],
  ...overrides,
});

/** A visit with one line, of an item that the fund pays. */
export const makeBilledVisit = (
  visit: Partial<Visit> = {},
  { lines = [makeLine()], ...overrides }: Partial<BilledVisit> = {},
): BilledVisit => ({
  visit: makeVisit({ lineCount: lines.length, ...visit }),
  details: makeDetails(),
  lines,
  usedBefore: [],
  ...overrides,
});

export const makeReference = (items: readonly CatalogueItem[] = [makeItem()]): ReferenceData => ({
  version: 7,
  policies: [makePolicy()],
  findItem: (itemCode) => items.find((item) => item.itemCode === itemCode),
});

/** A recognised case of a worker and an employer of whom nothing is in the way. */
export const makeFacts = (overrides: Overrides = {}, facts: Partial<CaseFacts> = {}): CaseFacts => ({
  injuryCase: makeCase(overrides),
  worker: makeWorker(),
  employer: makeEmployer(),
  ...facts,
});
