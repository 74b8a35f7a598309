/** What the agency states, as plain request bodies in the shape of design.md section 6. Nothing is branded or parsed here. */

export type VisitType =
  | "OUTPATIENT"
  | "INPATIENT"
  | "REHABILITATION_OUTPATIENT"
  | "REHABILITATION_INPATIENT"
  | "ASSISTIVE_DEVICE";

export type CaseStatus = "APPLIED" | "ACCEPTED" | "SUSPENDED" | "RECOGNISED" | "NOT_RECOGNISED" | "CLOSED";

export type Bearer = "FUND" | "EMPLOYER" | "HOSPITAL" | "THIRD_PARTY" | "OTHER_INSURER" | "PERSONAL";

/** Days `YYYY-MM-DD`; `to` is the last day, null while the period is open. */
export interface Period {
  readonly from: string;
  readonly to: string | null;
}

export interface HospitalBody {
  readonly name: string;
  readonly tier: 1 | 2 | 3;
  readonly services: readonly VisitType[];
  readonly agreement: Period & { readonly status: "ACTIVE" | "SUSPENDED" };
}

export interface EmployerBody {
  readonly name: string;
  readonly insured: readonly Period[];
}

export interface WorkerBody {
  readonly idNumber: string;
  readonly cardNumber: string;
  readonly name: string;
  readonly phone: string;
  readonly bankAccount: string;
  readonly frozen: boolean;
}

export interface InjuryBody {
  readonly bodyPart: string;
  readonly description: string;
  readonly diagnosisPrefixes: readonly string[];
}

export interface AuthorisationBody extends Period {
  readonly benefit: VisitType;
  /** Absent: at any hospital with an agreement. */
  readonly hospitalCodes?: readonly string[];
}

export interface CaseBody {
  readonly idNumber: string;
  readonly employerUscc: string;
  readonly injuredOn: string;
  readonly status: CaseStatus;
  readonly thirdPartyLiability: boolean;
  readonly injuries: readonly InjuryBody[];
  readonly authorisations: readonly AuthorisationBody[];
}

export interface PolicyBody {
  readonly unrelatedBearer: Bearer;
  readonly noEmployerNoticeBearer: Bearer;
  readonly noConsentBearer: Bearer;
  readonly overCapBearer: Bearer;
  readonly overQuantityBearer: Bearer;
  readonly releasedBearer: Bearer;
  /** Yuan with two decimals. */
  readonly mealAllowancePerDay: string;
}

export type ItemKind = "DRUG" | "SERVICE" | "MATERIAL" | "BED" | "DEVICE";
export type TierKey = "1" | "2" | "3";

/** Caps, quantities and ratios are decimal strings, as in the CSV. */
export interface CataloguePeriodBody extends Period {
  readonly medical: boolean;
  readonly rehabilitation: boolean;
  readonly restricted: boolean;
  readonly caps: Readonly<Record<TierKey, string>> | null;
  readonly maxPerDay?: string;
  readonly maxPerVisit?: string;
  readonly fundRatio?: string;
  readonly ratioRemainderBearer?: Bearer;
  readonly overCapBearer?: Bearer;
}

export interface CatalogueItemBody {
  readonly itemCode: string;
  readonly name: string;
  readonly kind: ItemKind;
  readonly unit: string;
  readonly periods: readonly CataloguePeriodBody[];
}

/** A PUT has its key in the path and the rest in the body, so the two stay apart here. */
export interface District {
  readonly hospitals: readonly { readonly code: string; readonly body: HospitalBody }[];
  readonly employers: readonly { readonly uscc: string; readonly body: EmployerBody }[];
  readonly workers: readonly WorkerBody[];
  readonly cases: readonly { readonly caseNo: string; readonly body: CaseBody }[];
  readonly policies: readonly { readonly effectiveFrom: string; readonly body: PolicyBody }[];
}
