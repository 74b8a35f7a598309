import type * as z from "zod/mini";
import { dayOf, type Instant } from "../../shared/domain/dates.ts";
import { type Failure, type Fault, failure, failureOf } from "../../shared/domain/failures.ts";
import { futureDays } from "../../shared/domain/future-days.ts";
import { isOutsideInjuries } from "../../shared/domain/registry/injury-case.ts";
import { err, ok } from "../../shared/domain/result.ts";
import { settledUntilOf } from "../../shared/domain/settlements/bill.ts";
import { checkDischargeTime } from "../../shared/domain/visits/check-discharge.ts";
import { toNext } from "../../shared/domain/visits/next-version.ts";
import { checkVerb, type VisitDetails } from "../../shared/domain/visits/visit.ts";
import type { VisitAmendment } from "../../shared/domain/visits/visit-requests.ts";
import type { Database } from "../../shared/store/kit/database.ts";
import type { VisitKey } from "../../shared/store/kit/keys.ts";
import {
  findVisit,
  findVisitRecord,
  saveVisitAndDetails,
  type VisitRecord,
} from "../../shared/store/visits/visit-store.ts";
import { applyChange } from "../kit/apply.ts";
import type { CallOf, Outcome } from "../kit/bind.ts";
import type { Services } from "../kit/services.ts";
import type { amendVisitContract } from "./amend-visit.contract.ts";
import { planStay } from "./plan-stay.ts";
import { toVisitView } from "./visit-view.ts";

type Call = CallOf<typeof amendVisitContract>;

type Found = Pick<VisitRecord, "visit" | "details" | "lines">;

/** A visit, with its lines only where they are asked about. */
async function find(db: Database, of: VisitKey, needsLines: boolean): Promise<Found | undefined> {
  if (needsLines) return findVisitRecord(db, of.hospitalCode, of.visitId);
  const found = await findVisit(db, of.hospitalCode, of.visitId);
  return found === undefined ? undefined : { ...found, lines: [] };
}

/** Why a visit may not be amended like this; undefined where it may. */
function check(
  { visit, details, lines }: Found,
  { diagnoses, employerNotice, dischargedAt }: z.infer<typeof VisitAmendment>,
  now: Instant,
): Failure | undefined {
  const refused = checkVerb(visit, dischargedAt === undefined ? "AMEND" : "CORRECT_DISCHARGE");
  if (refused !== undefined) return refused;
  const noticedOn = employerNotice === undefined ? undefined : dayOf(employerNotice.at);
  const faults: Fault[] = futureDays({ "/employerNotice/at": noticedOn }, now);
  if (diagnoses !== undefined && isOutsideInjuries(details.injuries, diagnoses))
    faults.push({ pointer: "/diagnoses", code: "DIAGNOSIS_OUTSIDE_CASE" });
  if (dischargedAt !== undefined) faults.push(...checkDischargeTime(visit, lines, dischargedAt, now));
  return faults.length === 0 ? undefined : failureOf(faults);
}

/** Changes what may change after registration; fields that are not named stay as they are. */
export const amendVisit =
  (services: Pick<Services, "db" | "logger" | "now">) =>
  (call: Call): Outcome =>
    applyChange(services, call, async () => {
      const { body, caller, params } = call;
      const of = { hospitalCode: caller.institution, visitId: params.visitId };
      const found = await find(services.db, of, body.dischargedAt !== undefined);
      if (found === undefined) return err(failure("VISIT_NOT_FOUND"));
      const refused = check(found, body, services.now());
      if (refused !== undefined) return err(refused);
      const { dischargedAt = found.visit.dischargedAt, ...amended } = body;
      const isCorrected = body.dischargedAt !== undefined;
      const isFreed = isCorrected && found.visit.bedReleasedAt !== undefined;
      const settledUntil = isFreed ? settledUntilOf(found) : found.visit.settledUntil;
      const next = toNext(found.visit, services.now(), { dischargedAt, settledUntil });
      const stay = isCorrected
        ? await planStay(services.db, next, "/dischargedAt")
        : ok({ visit: next, writes: [] });
      if (!stay.ok) return stay;
      const { visit } = stay.value;
      const details: VisitDetails = {
        ...found.details,
        ...amended,
        department: body.department ?? found.details.department,
        diagnoses: body.diagnoses ?? found.details.diagnoses,
      };
      return {
        ok: true,
        value: {
          subject: visit.visitId,
          value: toVisitView(visit, details),
          writes: [...saveVisitAndDetails(services.db, visit, details), ...stay.value.writes],
        },
      };
    });
