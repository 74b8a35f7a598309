import { laterInstant } from "../../shared/domain/dates.ts";
import { type Failure, failure } from "../../shared/domain/failures.ts";
import { namesPerson } from "../../shared/domain/registry/worker.ts";
import { err, ok } from "../../shared/domain/result.ts";
import { planWorkers } from "../../shared/personal-data/plan-worker.ts";
import { applyRegistration } from "../kit/apply.ts";
import type { MessageCallOf, Outcome } from "../kit/bind.ts";
import type { AgencyServices } from "./agency-services.ts";
import type { correctIdentityContract } from "./correct-identity.contract.ts";
import { findHolders, isTaken, moveNumbers, openWorker, toChanges } from "./identity-changes.ts";
import { isWorkerThere } from "./registered-worker.ts";
import { toWorkerView } from "./worker-view.ts";

type Call = MessageCallOf<typeof correctIdentityContract>;
type Needs = Pick<AgencyServices, "db" | "personLookup" | "workerIds" | "cipher" | "logger" | "now">;

const notFound = (): Failure => failure("WORKER_NOT_FOUND");
const takenAt = (pointer: string, code: "ID_NUMBER_TAKEN" | "CARD_NUMBER_TAKEN"): Failure =>
  failure(code, [{ pointer, code }]);

/**
 * Corrects what names a worker: the person stays the same, with cases, visits, bed and id. A number that the worker of
 * `swapWith` has goes over, and that worker gets this one's for it; any other worker's is told as taken, and of whom it is
 * by nothing. The reason goes on record, and so may name nobody, by the old numbers or the new.
 */
export const correctIdentity =
  (services: Needs) =>
  (call: Call): Outcome =>
    applyRegistration(services, call, isWorkerThere(services.db), async (_attempt, before) => {
      const { workerId } = call.params;
      const { reason, swapWith } = call.body;
      const about = (refused: Failure) => err({ ...refused, about: workerId });
      const [one, other] = await Promise.all([
        openWorker(services, workerId),
        swapWith === undefined ? undefined : openWorker(services, swapWith),
      ]);
      if (one === undefined || (swapWith !== undefined && other === undefined)) return err(notFound());
      const holders = await findHolders(services, call.body);
      if (isTaken(holders.number, [workerId, swapWith]))
        return about(takenAt("/idNumber", "ID_NUMBER_TAKEN"));
      if (isTaken(holders.card, [workerId, swapWith]))
        return about(takenAt("/cardNumber", "CARD_NUMBER_TAKEN"));
      const changes = toChanges(one, other, call.body, holders);
      // What is applied anew after a loss may have been swapped by a later statement.
      if (swapWith !== undefined && changes.length === 1 && before === undefined)
        return about(failure("NUMBER_NOT_OF_OTHER"));
      if (changes.some(({ from, to }) => namesPerson(reason, from) || namesPerson(reason, to)))
        return about(failure("INPUT_INVALID", [{ pointer: "/reason", code: "REASON_NAMES_PERSON" }]));
      const latest = laterInstant(services.now(), one.known.statedAt);
      const at = before?.at ?? laterInstant(latest, other?.known.statedAt);
      const [{ workers, writes }, moves] = await Promise.all([
        planWorkers(
          services,
          changes.map(({ known, to }) => ({
            ...{ workerId: known.workerId, known, statedAt: at },
            statement: { ...to, frozen: known.frozen },
          })),
        ),
        moveNumbers(services, changes),
      ]);
      const [worker, also] = workers;
      if (worker === undefined) return err(notFound());
      return ok({
        ...{ subject: workerId, value: toWorkerView(worker), writes: [...writes, ...moves], at, reason },
        alsoChanged: also === undefined ? undefined : [also.workerId],
      });
    });
