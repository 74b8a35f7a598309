import type { Bearer } from "../bearers.ts";
import { type Fen, negate } from "../money.ts";
import type { Settlement } from "./settlement.ts";

/** One movement of a non-negative amount from one account to another. */
export interface Posting {
  readonly source: string;
  readonly destination: string;
  readonly amount: Fen;
}

/** The same amount the other way. */
export const swap = ({ source, destination, amount }: Posting): Posting => ({
  source: destination,
  destination: source,
  amount,
});

/** An amount without its sign: postings are never negative. */
export const sizeOf = (amount: Fen): Fen => (amount < 0 ? negate(amount) : amount);

type Accounted = Pick<Settlement, "employerUscc" | "hospitalCode" | "caseNo">;

/** The account that a bearer pays from. */
export function accountOf(bearer: Bearer, settlement: Accounted): string {
  switch (bearer) {
    case "FUND":
      return "fund";
    case "EMPLOYER":
      return `employer:${settlement.employerUscc}`;
    case "HOSPITAL":
      return `hospital-borne:${settlement.hospitalCode}`;
    case "THIRD_PARTY":
      return `third-party:${settlement.caseNo}`;
    case "OTHER_INSURER":
      return "other-insurer";
    case "PERSONAL":
      return `worker:${settlement.caseNo}`;
  }
}

/** The account of what the fund owes a hospital. */
export const hospitalAccount = ({ hospitalCode }: Pick<Settlement, "hospitalCode">): string =>
  `hospital:${hospitalCode}`;
