import { failure } from "../../shared/domain/failures.ts";
import { err } from "../../shared/domain/result.ts";
import { findWorkerAndCases, findWorkerId } from "../../shared/store/registry/worker-store.ts";
import { findStays } from "../../shared/store/visits/stay-store.ts";
import { answerWith, type CallOf, type Outcome } from "../kit/bind.ts";
import type { Services } from "../kit/services.ts";
import type { findWorkerContract } from "./find-worker.contract.ts";
import { toFoundWorkerView } from "./worker-view.ts";

type Call = CallOf<typeof findWorkerContract>;

/** From a number that somebody brought to the worker's id, cases and bed. The number is in the body, never in an address. */
export const findWorker =
  ({ db, personLookup }: Pick<Services, "db" | "personLookup">) =>
  async ({ body }: Call): Outcome => {
    const workerId = await findWorkerId(db, personLookup.hashes(body));
    if (workerId === undefined) return err(failure("WORKER_NOT_FOUND"));
    const [{ worker, cases }, { stays }] = await Promise.all([
      findWorkerAndCases(db, workerId),
      findStays(db, workerId),
    ]);
    if (worker === undefined) return err(failure("WORKER_NOT_FOUND"));
    return answerWith(toFoundWorkerView(worker, cases, stays), { subject: workerId });
  };
