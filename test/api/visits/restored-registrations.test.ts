import { beforeAll, describe, expect, test } from "vitest";
import {
  caseBody,
  EMPLOYER,
  employerBody,
  hospitalBody,
  lineBody,
  OTHER_EMPLOYER,
  openVisit,
  stateEmployers,
  stateRegistry,
  visitBody,
  workerBody,
} from "../../support/demo-case.ts";
import { HOSPITAL, startTestService, type TestService } from "../../support/service.ts";

/** A registration that was cancelled is no place kept: it stands again only as the worker would be taken in today. */
let service: TestService;
beforeAll(async () => {
  service = await startTestService();
  await stateRegistry(service);
  await stateEmployers(service, [OTHER_EMPLOYER]);
});

const CASE = "GS-RESTORED";
const state = (overrides: object = {}, caseNo = CASE) =>
  service.must("put-case", { params: { caseNo }, body: caseBody(overrides) });
const hospital = (overrides: object) =>
  service.must("put-hospital", { params: { code: HOSPITAL }, body: { ...hospitalBody(), ...overrides } });
const worker = (frozen: boolean) => service.must("put-worker", { body: { ...workerBody(), frozen } });
const employer = (insured: object[]) =>
  service.must("put-employer", { params: { uscc: EMPLOYER }, body: { ...employerBody(), insured } });
const visitOf = async (visitId: string) => (await service.must("get-visit", { params: { visitId } })).body;
const restore = (visitId: string) => service.call("cancel-message", { params: { key: `cancel-${visitId}` } });
async function cancelled(overrides: object = {}): Promise<string> {
  const visitId = await openVisit(service, { caseNo: CASE, ...overrides });
  await service.must("cancel-visit", { params: { visitId }, body: {}, key: `cancel-${visitId}` });
  return visitId;
}

const authorisation = { benefit: "OUTPATIENT", from: "2026-01-10", to: null };
/** What came to be in the way, and how it goes again; by the one list of conditions of admission. */
const changes: [string, () => Promise<unknown>, () => Promise<unknown>][] = [
  ["CASE_CLOSED", () => state({ status: "CLOSED" }), () => state()],
  ["CASE_NOT_RECOGNISED", () => state({ status: "REVOKED" }), () => state()],
  ["THIRD_PARTY_LIABILITY", () => state({ thirdPartyLiability: true }), () => state()],
  ["BEFORE_INJURY", () => state({ injuredOn: "2026-03-02" }), () => state()],
  ["NOT_AUTHORISED", () => state({ authorisations: [] }), () => state()],
  [
    "AUTHORISATION_EXPIRED",
    () => state({ authorisations: [{ ...authorisation, to: "2026-02-01" }] }),
    () => state(),
  ],
  [
    "HOSPITAL_NOT_AUTHORISED",
    () => state({ authorisations: [{ ...authorisation, hospitalCodes: ["H33030400002"] }] }),
    () => state(),
  ],
  [
    "DIAGNOSIS_OUTSIDE_CASE",
    () => state({ injuries: [{ bodyPart: "腿", description: "骨折", diagnosisPrefixes: ["S72"] }] }),
    () => state(),
  ],
  ["EMPLOYER_NOT_INSURED", () => employer([]), () => employer(employerBody().insured)],
  ["BENEFIT_FROZEN", () => worker(true), () => worker(false)],
  [
    "AGREEMENT_INACTIVE",
    () => hospital({ agreement: { from: "2020-01-01", to: null, status: "SUSPENDED" } }),
    () => hospital({}),
  ],
  ["SERVICE_NOT_OFFERED", () => hospital({ services: ["INPATIENT"] }), () => hospital({})],
];

test.each(changes)("is refused by %s, and stands again once that is gone", async (code, change, mend) => {
  await state();
  const visitId = await cancelled();
  await change();
  const refused = await restore(visitId);
  await mend();
  expect(refused.body.code).toBe(code);
  expect((await visitOf(visitId)).status).toBe("CANCELLED");
  const restored = await restore(visitId);
  expect(restored.body).toMatchObject({ effect: "REVERSED", visit: { status: "OPEN" } });
});

test("is provisional, or direct, as its case is by then", async () => {
  await state();
  const direct = await cancelled();
  await state({ status: "SUSPENDED" });
  expect((await restore(direct)).status).toBe(200);
  expect(await visitOf(direct)).toMatchObject({ status: "OPEN", guarantee: "PROVISIONAL" });
  const provisional = await cancelled();
  await state();
  expect((await restore(provisional)).status).toBe(200);
  expect(await visitOf(provisional)).toMatchObject({ guarantee: "DIRECT" });
});

test("on notice, is refused where the employer is not insured by then", async () => {
  const { caseNo: _, ...body } = visitBody("NOTICE-RESTORED");
  const injury = { employerUscc: EMPLOYER, injuredOn: "2026-02-04" };
  const { visitId } = (await service.must("register-visit", { body: { ...body, injury } })).body;
  await service.must("cancel-visit", { params: { visitId }, body: {}, key: `cancel-${visitId}` });
  await employer([]);
  const refused = await restore(visitId);
  await employer(employerBody().insured);
  expect(refused.body.code).toBe("EMPLOYER_NOT_INSURED");
  expect((await restore(visitId)).status).toBe(200);
});

describe("after the employer of its case was corrected,", () => {
  const bill = { itemCode: "UNKNOWN", quantity: "1", unitPrice: "100", amount: "100.00" };
  const claim = (institution: string, visitId: string) =>
    service.call("get-claim", { institution, params: { visitId } });

  test.each(["OUTPATIENT", "INPATIENT"])(
    "%s: it is the right employer's, and so is what it bears",
    async (visitType) => {
      const caseNo = `GS-RESTORED-${visitType}`;
      await state({}, caseNo);
      const visitId = await cancelled({ caseNo, visitType, employerNotice: undefined });
      const correction = await service.must("correct-employer", {
        params: { caseNo },
        body: { employerUscc: OTHER_EMPLOYER, reason: "录入有误" },
      });
      expect(correction.body).toMatchObject({ visitIds: [], settledVisitIds: [] });
      expect((await restore(visitId)).status).toBe(200);
      expect((await claim(OTHER_EMPLOYER, visitId)).status).toBe(200);
      expect((await claim(EMPLOYER, visitId)).status).toBe(404);
      await service.must("upload-charges", { params: { visitId }, body: { lines: [lineBody("1", bill)] } });
      if (visitType === "INPATIENT") {
        const dischargedAt = "2026-03-09T15:00:00+08:00";
        await service.must("discharge-worker", { params: { visitId }, body: { dischargedAt } });
      }
      const { body } = await service.must("settle-visit", { params: { visitId } });
      expect(body).toMatchObject({ kind: "FINAL", allocation: { employer: "100.00" } });
      const ofAgency = await service.must("get-agency-visit", { params: { visitId } });
      expect(ofAgency.body.employerUscc).toBe(OTHER_EMPLOYER);
    },
  );
});
