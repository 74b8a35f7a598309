import type { VisitType } from "./registry-bodies.ts";

/** What a hospital posts for one bill, as plain request bodies in the shape of design.md section 6. */

export interface EligibilityCheckBody {
  readonly idNumber?: string;
  readonly cardNumber?: string;
  readonly visitType: VisitType;
  readonly serviceDate: string;
}

export interface DiagnosisBody {
  readonly code: string;
  readonly name: string;
  readonly primary: boolean;
}

export interface RegistrationBody {
  readonly hospitalVisitNo: string;
  readonly visitType: VisitType;
  readonly idNumber?: string;
  readonly cardNumber?: string;
  readonly caseNo: string;
  readonly admittedAt: string;
  readonly department: string;
  readonly doctorCode?: string;
  readonly diagnoses: readonly DiagnosisBody[];
  readonly employerNotice?: { readonly reference: string; readonly at: string };
}

export type Signer = "EMPLOYER" | "WORKER" | "RELATIVE";

export interface ChargeLineBody {
  readonly lineNo: string;
  readonly itemCode: string;
  readonly hospitalItemCode: string;
  readonly name: string;
  readonly quantity: string;
  readonly unitPrice: string;
  readonly amount: string;
  readonly serviceAt: string;
  readonly injuryRelated?: boolean;
  readonly restrictionMet?: boolean;
  readonly diagnosisCode?: string;
  readonly consent?: { readonly signedBy: Signer; readonly reference: string };
  readonly refundOf?: string;
}

export interface ChargesBody {
  readonly lines: readonly ChargeLineBody[];
}

export interface DischargeBody {
  readonly dischargedAt: string;
  readonly diagnoses: readonly DiagnosisBody[];
  readonly outcome: string;
}

/** A state-changing call and the hospital's message id, sent as `Idempotency-Key`. */
export interface Message<Body> {
  readonly key: string;
  readonly body: Body;
}

/** One bill from the eligibility check to the settlement, in the order in which it is posted. */
export interface DemoBill {
  readonly hospitalCode: string;
  /** The demo client that speaks for the hospital. */
  readonly clientId: string;
  readonly hospitalVisitNo: string;
  readonly visitType: VisitType;
  /** Also when the visit is registered by card: bills of one worker are told apart by it. */
  readonly idNumber: string;
  readonly caseNo: string;
  readonly eligibilityCheck: EligibilityCheckBody;
  readonly registration: Message<RegistrationBody>;
  readonly charges: readonly Message<ChargesBody>[];
  /** Stays only. */
  readonly discharge?: Message<DischargeBody>;
  readonly settlement: Message<Record<string, never>>;
}
