import * as z from "zod/mini";
import type { PostAs } from "./demo-api.ts";
import { DemoCallError } from "./demo-call-error.ts";
import { sumOf } from "./exact-decimal.ts";
import type { VisitType } from "./registry-bodies.ts";
import type { DemoBill } from "./visit-bodies.ts";

/** What one bill came to. Amounts are yuan with two decimals. */
export interface BillResult {
  readonly hospitalVisitNo: string;
  /** Masked, as the hospital is told it. */
  readonly worker: string;
  readonly visitType: VisitType;
  readonly lines: number;
  readonly total: string;
  readonly fund: string;
  readonly employer: string;
  readonly hospital: string;
  /** Third party, other insurer and the worker together. */
  readonly other: string;
  /** Of the settlement. */
  readonly status: string;
}

const EligibilityAnswer = z.object({
  route: z.string(),
  worker: z.nullish(z.object({ name: z.string() })),
  refusals: z.array(z.object({ caseNo: z.optional(z.string()), code: z.string() })),
});
const VisitAnswer = z.object({ visitId: z.string() });
const AnyAnswer = z.looseObject({});
const SettlementAnswer = z.object({
  status: z.string(),
  total: z.string(),
  allocation: z.object({
    fund: z.string(),
    employer: z.string(),
    hospital: z.string(),
    thirdParty: z.string(),
    otherInsurer: z.string(),
    personal: z.string(),
  }),
  lineCount: z.number(),
});

/** Asks whether the worker may be treated, and throws where the answer is a no: demo bills are of workers who may. */
async function checkEligibility(bill: DemoBill, post: PostAs): Promise<string> {
  const operation = "check-eligibility";
  const path = "/v1/hospital/eligibility-checks";
  const answer = await post({ operation, path, body: bill.eligibilityCheck, answer: EligibilityAnswer });
  if (answer.route === "NONE") {
    const refusals = answer.refusals.map(({ caseNo, code }) => ({ code, detail: caseNo }));
    throw new DemoCallError(operation, 200, `NOT_ELIGIBLE ${bill.hospitalVisitNo}`, refusals);
  }
  return answer.worker?.name ?? "";
}

/** Posts one bill from the eligibility check to the settlement, each call after the answer to the one before. */
export async function postBill(bill: DemoBill, post: PostAs): Promise<BillResult> {
  const worker = await checkEligibility(bill, post);
  const { visitId } = await post({
    operation: "register-visit",
    path: "/v1/hospital/visits",
    ...bill.registration,
    answer: VisitAnswer,
  });
  const visit = `/v1/hospital/visits/${encodeURIComponent(visitId)}`;
  for (const message of bill.charges) {
    await post({ operation: "upload-charges", path: `${visit}/charges`, ...message, answer: AnyAnswer });
  }
  if (bill.discharge !== undefined) {
    await post({
      operation: "discharge-worker",
      path: `${visit}/discharge`,
      ...bill.discharge,
      answer: AnyAnswer,
    });
  }
  const { status, total, allocation, lineCount } = await post({
    operation: "settle-visit",
    path: `${visit}/settlements`,
    ...bill.settlement,
    answer: SettlementAnswer,
  });
  const { fund, employer, hospital, thirdParty, otherInsurer, personal } = allocation;
  return {
    hospitalVisitNo: bill.hospitalVisitNo,
    worker,
    visitType: bill.visitType,
    lines: lineCount,
    total,
    fund,
    employer,
    hospital,
    other: sumOf([thirdParty, otherInsurer, personal]),
    status,
  };
}
