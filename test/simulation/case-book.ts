import type { HeaderItem } from "./stored.ts";

/** What the agency said of a case, in the words of its own message. */
export interface CaseInput {
  readonly status: string;
  readonly employerUscc: string;
  readonly injuredOn: string;
  readonly thirdPartyLiability: boolean;
  readonly injuries: readonly { readonly diagnosisPrefixes: readonly string[] }[];
  readonly authorisations: readonly {
    readonly benefit: string;
    readonly from: string;
    readonly to: string | null;
    readonly hospitalCodes?: readonly string[];
  }[];
}

export const isUndecided = ({ status }: CaseInput): boolean =>
  ["APPLIED", "ACCEPTED", "SUSPENDED"].includes(status);
export const isRefused = ({ status }: CaseInput): boolean => ["NOT_RECOGNISED", "REVOKED"].includes(status);

/** What the agency said beside the case, as it stands. */
export interface PartyFacts {
  readonly isFrozen: (workerId: string) => boolean;
  readonly insured: (uscc: string) => readonly { readonly from: string; readonly to: string | null }[];
}

const holds = ({ from, to }: { readonly from: string; readonly to: string | null }, day: string): boolean =>
  from <= day && day <= (to ?? "9999-12-31");

/** Why the fund does not settle a visit although its case is recognised, once more and apart from the service. */
export function inTheWay(
  { visitType, hospitalCode, admittedAt, workerId }: HeaderItem,
  { thirdPartyLiability, authorisations, employerUscc, injuredOn }: CaseInput,
  facts: PartyFacts,
): string | undefined {
  if (facts.isFrozen(workerId)) return "BENEFIT_FROZEN";
  if (thirdPartyLiability) return "THIRD_PARTY_LIABILITY";
  if (!facts.insured(employerUscc).some((period) => holds(period, injuredOn))) return "EMPLOYER_NOT_INSURED";
  const ofBenefit = authorisations.filter(({ benefit }) => benefit === visitType);
  if (ofBenefit.length === 0) return "NOT_AUTHORISED";
  const day = admittedAt.slice(0, 10);
  const valid = ofBenefit.filter((each) => holds(each, day));
  if (valid.length === 0) return "AUTHORISATION_EXPIRED";
  const isHere = valid.some(({ hospitalCodes }) => hospitalCodes?.includes(hospitalCode) ?? true);
  return isHere ? undefined : "HOSPITAL_NOT_AUTHORISED";
}

/** Everything that was ever stated of each case, and when. */
export class CaseBook {
  readonly #versions = new Map<string, { readonly since: number; readonly statement: CaseInput }[]>();

  /**
   * A case as stated by the write of this number. A closed case is what it was before for those who were treated
   * under it, and refused where it was not recognised.
   */
  stated(caseNo: string, statement: CaseInput, since: number): void {
    const versions = this.#versions.get(caseNo) ?? [];
    const before = versions.at(-1)?.statement.status;
    const status = before === "RECOGNISED" ? before : "NOT_RECOGNISED";
    versions.push({ since, statement: statement.status === "CLOSED" ? { ...statement, status } : statement });
    this.#versions.set(caseNo, versions);
  }

  /** A case that went over to another employer by the write of this number, and is otherwise as it was. */
  corrected(caseNo: string, employerUscc: string, since: number): void {
    const versions = this.#versions.get(caseNo) ?? [];
    const last = versions.at(-1);
    if (last !== undefined) versions.push({ since, statement: { ...last.statement, employerUscc } });
  }

  /** Every statement that held at some moment since a write. */
  heldSince(caseNo: string | undefined, commit: number): CaseInput[] {
    const versions = this.#versions.get(caseNo ?? "") ?? [];
    return versions
      .filter((_, index) => (versions[index + 1]?.since ?? Number.POSITIVE_INFINITY) > commit)
      .map(({ statement }) => statement);
  }

  current(caseNo: string | undefined): CaseInput | undefined {
    return this.#versions.get(caseNo ?? "")?.at(-1)?.statement;
  }
}
