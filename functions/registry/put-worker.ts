import { laterInstant } from "../../shared/domain/dates.ts";
import { toWorkerEvent } from "../../shared/domain/events/service-event.ts";
import { failure } from "../../shared/domain/failures.ts";
import { err } from "../../shared/domain/result.ts";
import { planWorker } from "../../shared/personal-data/plan-worker.ts";
import { recordEvent } from "../../shared/store/events/event-store.ts";
import type { AppliedMessage } from "../../shared/store/messages/message-store.ts";
import { findCorrectedNumber } from "../../shared/store/registry/worker-number-store.ts";
import { findWorkerId, findWorkerRecord } from "../../shared/store/registry/worker-store.ts";
import { applyRegistration } from "../kit/apply.ts";
import type { MessageCallOf, Outcome } from "../kit/bind.ts";
import type { AgencyServices } from "./agency-services.ts";
import type { putWorkerContract } from "./put-worker.contract.ts";
import { isWorkerThere } from "./registered-worker.ts";
import { toWorkerView } from "./worker-view.ts";

type Call = MessageCallOf<typeof putWorkerContract>;
type Needs = Pick<AgencyServices, "db" | "personLookup" | "workerIds" | "cipher" | "logger" | "now">;

/** The id that the Ledger knows a number's owner by, or will. */
async function idFor(
  { db, workerIds }: Needs,
  number: Call["body"],
  before: AppliedMessage | undefined,
): Promise<string> {
  if (before !== undefined) return before.subject;
  const corrected = await findCorrectedNumber(db, workerIds.traceOf(number));
  return corrected?.workerId ?? workerIds.idOf(number, 0);
}

/**
 * A worker is known by ID number until it is corrected; the card may be replaced by one that nobody else holds. The id
 * follows from the number, and a worker that the Registry has lost is stated anew under it.
 */
export const putWorker =
  (services: Needs) =>
  (call: Call): Outcome =>
    applyRegistration(services, call, isWorkerThere(services.db), async (_attempt, before) => {
      const { db, personLookup } = services;
      const { body: statement } = call;
      const { idType, idNumber } = statement;
      const findById = () => findWorkerId(db, personLookup.hashes({ idType, idNumber }));
      const [first, cardHolder] = await Promise.all([
        findById(),
        findWorkerId(db, personLookup.hashes({ cardNumber: statement.cardNumber })),
      ]);
      // Another first statement of the same person may have been written between the two reads.
      const found = first ?? (cardHolder === undefined ? undefined : await findById());
      const workerId = found ?? (await idFor(services, statement, before));
      if (before !== undefined && before.subject !== workerId) {
        const code = "ID_NUMBER_TAKEN";
        return err(failure(code, [{ pointer: "/idNumber", code }]));
      }
      if (cardHolder !== undefined && cardHolder !== workerId) {
        const code = "CARD_NUMBER_TAKEN";
        return err(failure(code, [{ pointer: "/cardNumber", code }]));
      }
      const known = await findWorkerRecord(db, workerId);
      const at = before?.at ?? laterInstant(services.now(), known?.statedAt);
      const { worker, writes } = await planWorker(services, workerId, statement, known, at);
      // Claims that waited because benefits were stopped follow.
      const isTold = known !== undefined && known.frozen !== worker.frozen;
      const told = isTold ? [recordEvent(db, toWorkerEvent(workerId, services.now()))] : [];
      const value = toWorkerView(worker);
      return { ok: true, value: { subject: workerId, value, writes: [...writes, ...told], at } };
    });
