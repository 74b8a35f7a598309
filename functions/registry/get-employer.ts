import { failure } from "../../shared/domain/failures.ts";
import { err } from "../../shared/domain/result.ts";
import { findEmployers } from "../../shared/store/registry/registry-store.ts";
import { answerWith, type CallOf, type Outcome } from "../kit/bind.ts";
import type { Services } from "../kit/services.ts";
import type { getEmployerContract } from "./get-employer.contract.ts";

type Call = CallOf<typeof getEmployerContract>;

export const getEmployer =
  ({ db }: Pick<Services, "db">) =>
  async ({ params }: Call): Outcome => {
    const [employer] = await findEmployers(db, [params.uscc]);
    return employer === undefined ? err(failure("EMPLOYER_NOT_FOUND")) : answerWith(employer);
  };
