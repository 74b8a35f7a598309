import { isIdNumber } from "../../shared/domain/check-characters.ts";
import type { TestService } from "./service.ts";
import { HOSPITAL, OTHER_HOSPITAL } from "./service.ts";

/** Fictional and invalid by construction: 999999 is no district, DEM no assigned organisation, 000 no number's start. */
export const EMPLOYER = "91999999DEM000006M";
export const OTHER_EMPLOYER = "91999999DEM0000998";
export const ID_NUMBER = "999901198103290004";
export const CARD_NUMBER = "DEMO000001";
export const NAME = "诸葛试验";
export const PHONE = "000-00000001";
export const BANK_ACCOUNT = "0000000000000000001";
export const CASE_NO = "GS-TEST-1";

const DAY_MS = 86_400_000;
const dayFromNow = (days: number): string => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);

/** The days on which the tests settle, wherever the clock stands. */
export const today = { from: dayFromNow(-1), to: dayFromNow(1) };

export const policy = {
  unrelatedBearer: "OTHER_INSURER",
  noEmployerNoticeBearer: "EMPLOYER",
  noConsentBearer: "HOSPITAL",
  overCapBearer: "HOSPITAL",
  overQuantityBearer: "HOSPITAL",
  releasedBearer: "PERSONAL",
  mealAllowancePerDay: "15.00",
};

export const hospitalBody = (tier: 1 | 2 | 3 = 3) => ({
  name: "云渚市试验医院",
  tier,
  services: ["OUTPATIENT", "INPATIENT", "REHABILITATION_INPATIENT", "REHABILITATION_OUTPATIENT"],
  agreement: { from: "2020-01-01", to: null, status: "ACTIVE" },
});

export const employerBody = () => ({
  name: "云渚市试验五金厂",
  insured: [{ from: "2020-01-01", to: null }],
});

export const workerBody = () => ({
  idNumber: ID_NUMBER,
  cardNumber: CARD_NUMBER,
  name: NAME,
  phone: PHONE,
  bankAccount: BANK_ACCOUNT,
  frozen: false,
});

export const caseBody = (overrides: object = {}) => ({
  idNumber: ID_NUMBER,
  employerUscc: EMPLOYER,
  injuredOn: "2026-01-10",
  status: "RECOGNISED",
  thirdPartyLiability: false,
  injuries: [{ bodyPart: "右手", description: "掌骨骨折", diagnosisPrefixes: ["S62"] }],
  authorisations: ["OUTPATIENT", "INPATIENT", "REHABILITATION_INPATIENT"].map((benefit) => ({
    benefit,
    from: "2026-01-10",
    to: null,
  })),
  ...overrides,
});

export const itemBody = (itemCode: string, overrides: object = {}) => ({
  itemCode,
  name: `项目 ${itemCode}`,
  kind: "SERVICE",
  unit: "次",
  periods: [
    {
      from: "2024-01-01",
      to: null,
      medical: true,
      rehabilitation: true,
      restricted: false,
      caps: { "1": "8", "2": "9", "3": "10" },
      ...overrides,
    },
  ],
});

export const visitBody = (hospitalVisitNo: string, overrides: object = {}) => ({
  hospitalVisitNo,
  visitType: "OUTPATIENT",
  idNumber: ID_NUMBER,
  caseNo: CASE_NO,
  admittedAt: "2026-03-01T08:00:00+08:00",
  department: "骨科",
  diagnoses: [{ code: "S62.301", name: "掌骨骨折", primary: true }],
  employerNotice: { reference: "N1", at: "2026-03-01T08:00:00+08:00" },
  ...overrides,
});

export const lineBody = (lineNo: string, overrides: object = {}) => ({
  lineNo,
  itemCode: "A1",
  name: "试验项目",
  quantity: "2",
  unitPrice: "11.5",
  amount: "23.00",
  serviceAt: "2026-03-01T09:00:00+08:00",
  ...overrides,
});

/** States employers, as of whom nothing but that they are there matters. */
export async function stateEmployers(
  { must }: Pick<TestService, "must">,
  usccs: readonly string[],
): Promise<void> {
  await Promise.all(usccs.map((uscc) => must("put-employer", { params: { uscc }, body: employerBody() })));
}

/** States hospitals, as of which nothing but that they are there matters. */
export async function stateHospitals(
  { must }: Pick<TestService, "must">,
  codes: readonly string[],
): Promise<void> {
  await Promise.all(codes.map((code) => must("put-hospital", { params: { code }, body: hospitalBody() })));
}

/** States hospitals, employer, worker, case, policy and one item: enough to treat the worker. */
export async function stateRegistry({ must }: Pick<TestService, "must">): Promise<void> {
  await Promise.all([
    must("put-hospital", { params: { code: HOSPITAL }, body: hospitalBody() }),
    must("put-hospital", { params: { code: OTHER_HOSPITAL }, body: hospitalBody(2) }),
    stateEmployers({ must }, [EMPLOYER]),
    must("put-worker", { body: workerBody() }),
    must("put-policy", { params: { effectiveFrom: "2024-01-01" }, body: policy }),
    must("import-catalogue", { body: { items: [itemBody("A1"), itemBody("A2", { maxPerDay: "1" })] } }),
  ]);
  await must("put-case", { params: { caseNo: CASE_NO }, body: caseBody() });
}

let workers = 0;

/**
 * States another worker, with a recognised case: for stays whose days would otherwise be those of another stay. The ID number
 * is fictional and invalid by construction, as the first one's.
 */
export async function stateAnotherWorker(
  { must }: Pick<TestService, "must">,
  caseNo?: string,
): Promise<{ readonly idNumber: string; readonly caseNo: string }> {
  workers += 1;
  const body = `99990119820329${String(workers).padStart(3, "0")}`;
  const idNumber = [..."0123456789X"].map((check) => body + check).find(isIdNumber) ?? "";
  const cardNumber = `STAY${String(workers).padStart(6, "0")}`;
  await must("put-worker", { body: { idNumber, cardNumber, name: NAME, frozen: false } });
  const own = caseNo ?? `GS-STAY-${workers}`;
  await must("put-case", { params: { caseNo: own }, body: caseBody({ idNumber }) });
  return { idNumber, caseNo: own };
}

/** Registers a stay of a worker of its own and gives its id. */
export const openStayOfAnother = async (service: Pick<TestService, "must">): Promise<string> =>
  openVisit(service, { visitType: "INPATIENT", ...(await stateAnotherWorker(service)) });

let visits = 0;

/** Registers a visit of the worker and gives its id. */
export async function openVisit(
  { must }: Pick<TestService, "must">,
  overrides: object = {},
): Promise<string> {
  visits += 1;
  const { body } = await must("register-visit", { body: visitBody(`NO-${visits}`, overrides) });
  return String(body.visitId);
}
