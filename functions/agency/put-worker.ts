import { failure } from "../../shared/domain/failures.ts";
import { maskIdNumber, maskName, type Worker } from "../../shared/domain/registry/worker.ts";
import { refuse } from "../../shared/domain/result.ts";
import {
  claimLookup,
  findWorkerAndCases,
  findWorkerId,
  releaseLookup,
  saveWorker,
} from "../../shared/store/registry-store.ts";
import type { Write } from "../../shared/store/transaction.ts";
import { applyMessage } from "../apply.ts";
import type { MessageCallOf, Outcome } from "../bind.ts";
import type { Services } from "../services.ts";
import type { agencyOperations } from "./operations.ts";

type Call = MessageCallOf<typeof agencyOperations.putWorker>;

/** A worker is known by ID number for good; the card may be replaced by one that nobody else holds. */
export const putWorker =
  (services: Pick<Services, "db" | "lookupHash" | "logger" | "now" | "newId">) =>
  (call: Call): Outcome =>
    applyMessage(services, call, async () => {
      const { db, lookupHash, newId } = services;
      const byIdNumber = lookupHash("ID_NUMBER", call.body.idNumber);
      const byCardNumber = lookupHash("CARD_NUMBER", call.body.cardNumber);
      const [knownId, cardHolder] = await Promise.all([
        findWorkerId(db, byIdNumber),
        findWorkerId(db, byCardNumber),
      ]);
      if (cardHolder !== undefined && cardHolder !== knownId) {
        const code = "CARD_NUMBER_TAKEN";
        return refuse(failure(code, [{ pointer: "/cardNumber", code }]));
      }
      const worker: Worker = { ...call.body, workerId: knownId ?? newId("W") };
      const writes: Write[] = [saveWorker(db, worker)];
      if (knownId === undefined) writes.push(claimLookup(db, byIdNumber, worker.workerId));
      if (cardHolder === undefined) {
        writes.push(claimLookup(db, byCardNumber, worker.workerId));
        const before = knownId === undefined ? undefined : (await findWorkerAndCases(db, knownId)).worker;
        if (before !== undefined) {
          writes.push(releaseLookup(db, lookupHash("CARD_NUMBER", before.cardNumber), worker.workerId));
        }
      }
      const { workerId, frozen } = worker;
      const value = {
        workerId,
        frozen,
        name: maskName(worker.name),
        idNumber: maskIdNumber(worker.idNumber),
      };
      return { ok: true, value: { subject: workerId, value, writes } };
    });
