import { failure } from "../../shared/domain/failures.ts";
import { isVisitId } from "../../shared/domain/ids.ts";
import { err } from "../../shared/domain/result.ts";
import { findCase, findCaseOwner } from "../../shared/store/registry/registry-store.ts";
import { readVisitPageOfCase } from "../../shared/store/visits/case-visits.ts";
import { answerWith, type CallOf, type Outcome } from "../kit/bind.ts";
import { cutPage, readPlace } from "../kit/cursor.ts";
import type { Services } from "../kit/services.ts";
import type { getCaseContract } from "./get-case.contract.ts";

type Call = CallOf<typeof getCaseContract>;

/** A case as the agency stated it last, to be stated anew from there, and how its visits stand, page by page. */
export const getCase =
  ({ db }: Pick<Services, "db">) =>
  async (call: Call): Outcome => {
    const { caseNo } = call.params;
    const after = readPlace(call, isVisitId);
    if (!after.ok) return after;
    const [workerId, visits] = await Promise.all([
      findCaseOwner(db, caseNo),
      readVisitPageOfCase(db, caseNo, after.value, call.query.limit + 1),
    ]);
    const injuryCase = workerId === undefined ? undefined : await findCase(db, workerId, caseNo);
    if (injuryCase === undefined) return err(failure("CASE_NOT_FOUND"));
    const { page, nextCursor } = cutPage(call, visits, ({ visitId }) => visitId);
    return answerWith({ ...injuryCase, visits: page, nextCursor }, { subject: caseNo });
  };
