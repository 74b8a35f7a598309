import { setTimeout as wait } from "node:timers/promises";
import * as z from "zod/mini";
import { callWith, requestToken, signIn } from "./demo-api.ts";
import { DemoCallError } from "./demo-call-error.ts";
import { demoRegistry } from "./demo-registry.ts";
import { DEMO_EMPLOYER_USCC } from "./district.ts";

/** What became of a stay that was treated before anybody had decided about the injury. */
export interface DecisionShown {
  readonly visitId: string;
  readonly total: string;
  readonly fund: string;
  /** Owed to the worker, apart from the bill. */
  readonly meals: string;
  /** From the decision to the settlement. */
  readonly seconds: number;
}

/** A worker of the fictional district who has no case yet. */
const WORKER = 1_900;
const CASE_NO = "GS2026900001";
const SECRET = "demo-secret";
const injuredOn = "2026-10-25";

const Visit = z.object({ visitId: z.string(), status: z.string(), settlementIds: z.array(z.string()) });
const Settlement = z.object({
  status: z.string(),
  total: z.string(),
  allocation: z.object({ fund: z.string() }),
  benefits: z.optional(z.array(z.object({ amount: z.string() }))),
});
const Anything = z.looseObject({});

const line = (
  lineNo: string,
  itemCode: string,
  name: string,
  quantity: string,
  unitPrice: string,
  amount: string,
) => ({
  ...{ lineNo, itemCode, name, quantity, unitPrice, amount },
  serviceAt: "2026-10-26T10:00:00+08:00",
});

const registration = (idNumber: string) => ({
  hospitalVisitNo: "ZY20261026900",
  visitType: "INPATIENT",
  idNumber,
  injury: { employerUscc: DEMO_EMPLOYER_USCC, injuredOn },
  admittedAt: "2026-10-26T08:30:00+08:00",
  department: "骨科",
  diagnoses: [{ code: "S82.201", name: "胫骨骨折", primary: true }],
  employerNotice: { reference: "ZQ2026-900", at: "2026-10-26T08:00:00+08:00" },
});

const decision = (idNumber: string, status: "APPLIED" | "RECOGNISED") => ({
  idNumber,
  employerUscc: DEMO_EMPLOYER_USCC,
  injuredOn,
  status,
  thirdPartyLiability: false,
  injuries: [{ bodyPart: "右小腿", description: "胫骨骨折", diagnosisPrefixes: ["S82"] }],
  authorisations: [{ benefit: "INPATIENT", from: injuredOn, to: null }],
  appliedOn: "2026-10-27",
});

/** Treats, discharges and posts the bill on the employer's notice alone; the bill waits. */
async function treat(baseUrl: string, idNumber: string): Promise<string> {
  const post = await signIn(baseUrl, "demo-hospital", SECRET);
  const { visitId } = await post({
    operation: "register-visit",
    path: "/v1/hospital/visits",
    key: "demo-decision-visit",
    body: registration(idNumber),
    answer: Visit,
  });
  const visit = `/v1/hospital/visits/${visitId}`;
  const lines = [
    line("1", "S-1001", "普通门诊诊查费", "1", "15.00", "15.00"),
    line("2", "M-0105", "弹力绷带", "2", "16.90", "33.80"),
  ];
  const messages = [
    ["upload-charges", "charges", { lines }],
    ["discharge-worker", "discharge", { dischargedAt: "2026-10-30T10:00:00+08:00", outcome: "IMPROVED" }],
    ["settle-visit", "settlements", {}],
  ] as const;
  for (const [operation, path, body] of messages) {
    const key = `demo-decision-${operation}`;
    await post({ operation, path: `${visit}/${path}`, key, body, answer: Anything });
  }
  return visitId;
}

const POLL_MS = 100;
const PATIENCE_MS = 20_000;

/**
 * Shows what the service is for: a worker is treated without a deposit and without a case, the bill waits, and when
 * the decision arrives it settles itself. `onWaiting` is called when the bill waits.
 */
export async function showDecision(baseUrl: string, onWaiting: () => void): Promise<DecisionShown> {
  const idNumber = demoRegistry().workers[WORKER]?.idNumber ?? "";
  const visitId = await treat(baseUrl, idNumber);
  onWaiting();
  const [agency, hospital] = await Promise.all(
    ["demo-agency", "demo-hospital"].map((client) => requestToken(baseUrl, client, SECRET)),
  );
  if (agency === undefined || hospital === undefined) throw new Error("no token");
  const caseUrl = new URL(`/v1/agency/cases/${CASE_NO}`, baseUrl);
  const state = (status: "APPLIED" | "RECOGNISED") =>
    callWith(agency, caseUrl, {
      ...{ operation: "put-case", method: "PUT", answer: Anything },
      body: decision(idNumber, status),
    });
  await state("APPLIED");
  await wait(1_000);
  const startedAt = performance.now();
  await state("RECOGNISED");
  const visitUrl = new URL(`/v1/hospital/visits/${visitId}`, baseUrl);
  for (;;) {
    const { status, settlementIds } = await callWith(hospital, visitUrl, {
      operation: "get-visit",
      method: "GET",
      answer: Visit,
    });
    const seconds = (performance.now() - startedAt) / 1_000;
    if (status === "SETTLED") {
      const url = new URL(`/v1/hospital/settlements/${settlementIds.at(-1)}`, baseUrl);
      const { total, allocation, benefits } = await callWith(hospital, url, {
        operation: "get-settlement",
        method: "GET",
        answer: Settlement,
      });
      return { visitId, total, fund: allocation.fund, meals: benefits?.[0]?.amount ?? "0.00", seconds };
    }
    if (seconds * 1_000 > PATIENCE_MS) throw new DemoCallError("follow-case-decision", 0, `STILL_${status}`);
    await wait(POLL_MS);
  }
}
