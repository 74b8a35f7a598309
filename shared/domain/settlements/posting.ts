import type { Bearer } from "../bearers.ts";
import { type Fen, negate } from "../money.ts";
import type { Settlement } from "./settlement.ts";

/** Accounts that there are many of: one for each case, visit, hospital or employer. */
type AccountKind =
  | "deferred"
  | "deferred-hospital"
  | "employer"
  | "hospital"
  | "hospital-borne"
  | "recovery"
  | "third-party"
  | "worker"
  | "worker-benefits";

declare const owned: unique symbol;

/** The name of an account: `kind:owner`, such as `employer:91330300MA0000001X`, or one of the few that are there once. */
export type Account = "fund" | "fund-benefits" | "other-insurer" | (string & { readonly [owned]: true });

const isAccount = (name: string): name is Account => /^[a-z-]+:./s.test(name);

/** The account of an owner. Throws TypeError where nobody knows whose it would be, such as that of a visit without a case. */
export function accountOwnedBy(kind: AccountKind, owner: string | undefined): Account {
  const name = `${kind}:${owner ?? ""}`;
  if (!isAccount(name)) throw new TypeError(`the account ${kind} has no owner`);
  return name;
}

/** One movement of a non-negative amount from one account to another. */
export interface Posting {
  readonly source: Account;
  readonly destination: Account;
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

/** The account that a bearer pays from. Throws TypeError where it is that of a case and there is none yet. */
export function accountOf(bearer: Bearer, settlement: Accounted): Account {
  switch (bearer) {
    case "FUND":
      return "fund";
    case "EMPLOYER":
      return accountOwnedBy("employer", settlement.employerUscc);
    case "HOSPITAL":
      return accountOwnedBy("hospital-borne", settlement.hospitalCode);
    case "THIRD_PARTY":
      return accountOwnedBy("third-party", settlement.caseNo);
    case "OTHER_INSURER":
      return "other-insurer";
    case "PERSONAL":
      return accountOwnedBy("worker", settlement.caseNo);
  }
}

/** The account of what the fund owes a hospital. */
export const hospitalAccount = ({ hospitalCode }: Pick<Settlement, "hospitalCode">): Account =>
  accountOwnedBy("hospital", hospitalCode);
