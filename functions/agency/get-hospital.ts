import { failure } from "../../shared/domain/failures.ts";
import { refuse } from "../../shared/domain/result.ts";
import { findHospital } from "../../shared/store/registry-store.ts";
import { answerWith, type CallOf, type Outcome } from "../bind.ts";
import type { Services } from "../services.ts";
import type { agencyOperations } from "./operations.ts";

type Call = CallOf<typeof agencyOperations.getHospital>;

export const getHospital =
  ({ db }: Pick<Services, "db">) =>
  async ({ params }: Call): Outcome => {
    const hospital = await findHospital(db, params.code);
    return hospital === undefined ? refuse(failure("HOSPITAL_NOT_FOUND")) : answerWith(hospital);
  };
