import { laterInstant } from "../../shared/domain/dates.ts";
import { type Failure, failure } from "../../shared/domain/failures.ts";
import { identityOf, type PersonNumber } from "../../shared/domain/registry/person-number.ts";
import { namesPerson, type PersonalData } from "../../shared/domain/registry/worker.ts";
import { refuse, succeed } from "../../shared/domain/result.ts";
import { planWorker } from "../../shared/personal-data/plan-worker.ts";
import type { Write } from "../../shared/store/transaction.ts";
import { findCorrectedNumber, saveCorrectedNumber } from "../../shared/store/worker-number-store.ts";
import { findWorkerId, findWorkerRecord } from "../../shared/store/worker-store.ts";
import { applyRegistration } from "../apply.ts";
import type { MessageCallOf, Outcome } from "../bind.ts";
import type { AgencyServices } from "./agency-services.ts";
import type { agencyOperations } from "./operations.ts";
import { isWorkerThere } from "./registered-worker.ts";
import { toWorkerView } from "./worker-view.ts";

type Call = MessageCallOf<typeof agencyOperations.correctIdentity>;
type Needs = Pick<AgencyServices, "db" | "personLookup" | "workerIds" | "cipher" | "logger" | "now">;

/** The person as corrected; what is not named stays. */
function toCorrected(
  known: PersonalData,
  { idType, idNumber, cardNumber, name }: Call["body"],
): PersonalData {
  return {
    ...known,
    ...(idNumber === undefined ? {} : { idType, idNumber }),
    ...(cardNumber === undefined ? {} : { cardNumber }),
    ...(name === undefined ? {} : { name }),
  };
}

/**
 * Keeps in the Ledger that the new number leads to this worker, and the old one to whoever is stated with it next, who gets
 * another id. A number that leads to somebody else by now is left to them.
 */
async function moveNumber(
  { db, workerIds }: Needs,
  workerId: string,
  from: PersonNumber,
  to: PersonNumber,
): Promise<readonly Write[]> {
  if (identityOf(from) === identityOf(to)) return [];
  const [old, next] = [workerIds.traceOf(from), workerIds.traceOf(to)];
  const [knownOld, knownNext] = await Promise.all([
    findCorrectedNumber(db, old),
    findCorrectedNumber(db, next),
  ]);
  const uses = (knownOld?.uses ?? 0) + 1;
  return [
    ...(knownOld === undefined || knownOld.workerId === workerId
      ? [saveCorrectedNumber(db, old, knownOld, { workerId: workerIds.idOf(from, uses), uses })]
      : []),
    saveCorrectedNumber(db, next, knownNext, { workerId, uses: knownNext?.uses ?? 0 }),
  ];
}

/** Another worker's number is told as that, and of whom it is by nothing. */
async function checkFree(
  { db, personLookup }: Needs,
  workerId: string,
  { idType, idNumber, cardNumber }: PersonalData,
): Promise<Failure | undefined> {
  const [byNumber, byCard] = await Promise.all([
    findWorkerId(db, personLookup.hashes({ idType, idNumber })),
    findWorkerId(db, personLookup.hashes({ cardNumber })),
  ]);
  const isTaken = (holder: string | undefined): boolean => holder !== undefined && holder !== workerId;
  if (isTaken(byNumber))
    return failure("ID_NUMBER_TAKEN", [{ pointer: "/idNumber", code: "ID_NUMBER_TAKEN" }]);
  return isTaken(byCard)
    ? failure("CARD_NUMBER_TAKEN", [{ pointer: "/cardNumber", code: "CARD_NUMBER_TAKEN" }])
    : undefined;
}

/**
 * Corrects what names a worker: the person stays the same, with cases, visits, bed and id. The reason goes on record, and so
 * may name nobody, by the old numbers or the new.
 */
export const correctIdentity =
  (services: Needs) =>
  (call: Call): Outcome =>
    applyRegistration(services, call, isWorkerThere(services.db), async (_attempt, before) => {
      const { db, cipher } = services;
      const { workerId } = call.params;
      const { reason } = call.body;
      const known = await findWorkerRecord(db, workerId);
      if (known === undefined) return refuse(failure("WORKER_NOT_FOUND"));
      const person = await cipher.open(workerId, known.sealed);
      const corrected = toCorrected(person, call.body);
      if (namesPerson(reason, person) || namesPerson(reason, corrected)) {
        const faults = [{ pointer: "/reason", code: "REASON_NAMES_PERSON" }];
        return refuse({ ...failure("INPUT_INVALID", faults), about: workerId });
      }
      const taken = await checkFree(services, workerId, corrected);
      if (taken !== undefined) return refuse({ ...taken, about: workerId });
      const at = before?.at ?? laterInstant(services.now(), known.statedAt);
      const statement = { ...corrected, frozen: known.frozen };
      const [{ worker, writes }, moves] = await Promise.all([
        planWorker(services, workerId, statement, known, at),
        // What is on record of numbers was not lost with the Registry.
        before === undefined ? moveNumber(services, workerId, person, corrected) : [],
      ]);
      return succeed({
        subject: workerId,
        value: toWorkerView(worker),
        writes: [...writes, ...moves],
        at,
        reason,
      });
    });
