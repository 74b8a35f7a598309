import { failure } from "../../shared/domain/failures.ts";
import { refuse } from "../../shared/domain/result.ts";
import { findVisit } from "../../shared/store/visit-store.ts";
import { answerWith, type CallOf, type Outcome } from "../bind.ts";
import type { Services } from "../services.ts";
import type { hospitalOperations } from "./operations.ts";
import { toVisitView } from "./views.ts";

type Call = CallOf<typeof hospitalOperations.getVisit>;

export const getVisit =
  ({ db }: Pick<Services, "db">) =>
  async ({ caller, params }: Call): Outcome => {
    const found = await findVisit(db, caller.institution, params.visitId);
    if (found === undefined) return refuse(failure("VISIT_NOT_FOUND"));
    return answerWith(toVisitView(found.visit, found.details));
  };
