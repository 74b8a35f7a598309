import { failure } from "../../shared/domain/failures.ts";
import { err } from "../../shared/domain/result.ts";
import { findHospital } from "../../shared/store/registry/registry-store.ts";
import { answerWith, type CallOf, type Outcome } from "../kit/bind.ts";
import type { Services } from "../kit/services.ts";
import type { getAgreementContract } from "./get-agreement.contract.ts";

type Call = CallOf<typeof getAgreementContract>;

/** The caller's own entry as it was stated last, whether its agreement is active, suspended, over or to come. */
export const getAgreement =
  ({ db }: Pick<Services, "db">) =>
  async ({ caller }: Call): Outcome => {
    const hospital = await findHospital(db, caller.institution);
    return hospital === undefined ? err(failure("INSTITUTION_UNKNOWN")) : answerWith(hospital);
  };
