import { type Failure, failure } from "../../shared/domain/failures.ts";
import { namesPerson } from "../../shared/domain/registry/worker.ts";
import { err } from "../../shared/domain/result.ts";
import { findWorkerAndCases, findWorkerRecord } from "../../shared/store/registry/worker-store.ts";
import { findStays } from "../../shared/store/visits/stay-store.ts";
import { answerWith, type CallOf, type Outcome } from "../kit/bind.ts";
import type { AgencyServices } from "./agency-services.ts";
import type { getWorkerContract } from "./get-worker.contract.ts";
import { toFoundWorkerView } from "./worker-view.ts";

type Call = CallOf<typeof getWorkerContract>;

/** Words that name the person are refused, and the attempt is on record: the refusal tells that the name was right. */
const namedIn = (workerId: string): Failure => ({
  ...failure("INPUT_INVALID", [{ pointer: "#query/reveal", code: "REASON_NAMES_PERSON" }]),
  about: workerId,
});

/** One worker: masked, or as the person is named where the agency gives a reason, which is put on record. */
export const getWorker =
  ({ db, cipher, logger }: Pick<AgencyServices, "db" | "cipher" | "logger">) =>
  async ({ params, query, caller, requestId, institutionCheck }: Call): Outcome => {
    const { workerId } = params;
    const notServed = await institutionCheck;
    if (notServed !== undefined) return err(notServed);
    if (query.reveal !== undefined && caller.role !== "agency")
      return err({ code: "FORBIDDEN", about: workerId });
    const [worker, { cases }, { stays }] = await Promise.all([
      findWorkerRecord(db, workerId),
      findWorkerAndCases(db, workerId),
      findStays(db, workerId),
    ]);
    if (worker === undefined) return err(failure("WORKER_NOT_FOUND"));
    const masked = toFoundWorkerView(worker, cases, stays);
    if (query.reveal === undefined) return answerWith(masked, { subject: workerId });
    const person = await cipher.open(workerId, worker.sealed);
    if (namesPerson(query.reveal, person)) return err(namedIn(workerId));
    logger.log("PERSON_REVEALED", { requestId, workerId, institution: caller.institution });
    return answerWith({ ...masked, ...person }, { subject: workerId, reason: query.reveal });
  };
