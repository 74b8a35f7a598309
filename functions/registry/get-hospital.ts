import { failure } from "../../shared/domain/failures.ts";
import { err } from "../../shared/domain/result.ts";
import { findHospital } from "../../shared/store/registry/registry-store.ts";
import { answerWith, type CallOf, type Outcome } from "../kit/bind.ts";
import type { Services } from "../kit/services.ts";
import type { getHospitalContract } from "./get-hospital.contract.ts";

type Call = CallOf<typeof getHospitalContract>;

export const getHospital =
  ({ db }: Pick<Services, "db">) =>
  async ({ params }: Call): Outcome => {
    const hospital = await findHospital(db, params.code);
    return hospital === undefined ? err(failure("HOSPITAL_NOT_FOUND")) : answerWith(hospital);
  };
