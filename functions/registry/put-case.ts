import { toCaseEvent } from "../../shared/domain/events/service-event.ts";
import { type Fault, failure, failureOf } from "../../shared/domain/failures.ts";
import { futureDays } from "../../shared/domain/future-days.ts";
import { toNextCase } from "../../shared/domain/registry/injury-case.ts";
import { err, ok } from "../../shared/domain/result.ts";
import { recordEvent } from "../../shared/store/events/event-store.ts";
import {
  findCase,
  findCaseOwner,
  findEmployers,
  saveCase,
} from "../../shared/store/registry/registry-store.ts";
import { findWorkerId } from "../../shared/store/registry/worker-store.ts";
import {
  changeEmployer,
  checkOnRecord,
  employerOnRecord,
  findCaseOnRecord,
  recordCaseStated,
} from "../../shared/store/visits/case-visits.ts";
import { applyChange } from "../kit/apply.ts";
import type { CallOf, Outcome } from "../kit/bind.ts";
import type { Services } from "../kit/services.ts";
import type { putCaseContract } from "./put-case.contract.ts";

type Call = CallOf<typeof putCaseContract>;

/**
 * The agency's last statement of a case holds; a case number stays with its worker for good. Of a case that the Registry
 * has lost, the Ledger tells whose it is, and of which employer where that was corrected.
 */
export const putCase =
  (services: Pick<Services, "db" | "personLookup" | "logger" | "now">) =>
  (call: Call): Outcome =>
    applyChange(services, call, async () => {
      const { db, personLookup } = services;
      const { idType, idNumber, ...statement } = call.body;
      const { caseNo } = call.params;
      const [workerId, employers, owner] = await Promise.all([
        findWorkerId(db, personLookup.hashes({ idType, idNumber })),
        findEmployers(db, [statement.employerUscc]),
        findCaseOwner(db, caseNo),
      ]);
      const at = services.now();
      const { injuredOn, appliedOn, acceptedOn } = statement;
      const days = { "/injuredOn": injuredOn, "/appliedOn": appliedOn, "/acceptedOn": acceptedOn };
      const faults: Fault[] = futureDays(days, at);
      if (workerId === undefined) faults.push({ pointer: "/idNumber", code: "WORKER_UNKNOWN" });
      if (employers.length === 0) faults.push({ pointer: "/employerUscc", code: "EMPLOYER_UNKNOWN" });
      if (workerId === undefined || faults.length > 0) return err(failureOf(faults));
      if (owner !== undefined && owner !== workerId) {
        const code = "CASE_NUMBER_TAKEN";
        return err(failure(code, [{ pointer: "/idNumber", code }]));
      }
      const known = await findCase(db, workerId, caseNo);
      // After the case, whose version the change rests on: what a correction writes of both is then seen of both, or refused.
      const onRecord = await findCaseOnRecord(db, caseNo);
      const isRestated = known === undefined ? onRecord.stated !== undefined : known.isRestated;
      const employerUscc = isRestated
        ? employerOnRecord(onRecord, statement.employerUscc)
        : statement.employerUscc;
      const next = { ...statement, employerUscc, caseNo, workerId, isRestated: isRestated || undefined };
      const refused = checkOnRecord(onRecord, next);
      if (refused !== undefined) return err(refused);
      const injuryCase = toNextCase(known, next, at, onRecord.stated);
      const employerBefore = known?.employerUscc ?? onRecord.stated?.employerUscc;
      return ok({
        subject: caseNo,
        value: injuryCase,
        writes: [
          ...saveCase(db, injuryCase, known?.version),
          recordCaseStated(db, injuryCase, onRecord.stated),
          // A claim is the employer's of the case that it was taken in under, and cannot go over to another.
          ...(employerBefore === undefined ||
          employerBefore === injuryCase.employerUscc ||
          onRecord.employerUscc !== undefined
            ? []
            : [changeEmployer(db, injuryCase)]),
          recordEvent(db, toCaseEvent(injuryCase)),
        ],
      });
    });
