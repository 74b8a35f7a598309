import { failure } from "../../shared/domain/failures.ts";
import { err } from "../../shared/domain/result.ts";
import { findClaim } from "../../shared/store/visits/claim-store.ts";
import { answerWith, type CallOf, type Outcome } from "../kit/bind.ts";
import type { Services } from "../kit/services.ts";
import { toClaimViews } from "./claim-view.ts";
import type { getClaimContract } from "./get-claim.contract.ts";

type Call = CallOf<typeof getClaimContract>;

export const getClaim =
  ({ db }: Pick<Services, "db">) =>
  async ({ caller, params }: Call): Outcome => {
    const claim = await findClaim(db, caller.institution, params.visitId);
    if (claim === undefined) return err(failure("CLAIM_NOT_FOUND"));
    const [view] = await toClaimViews(db, [claim]);
    return answerWith(view);
  };
