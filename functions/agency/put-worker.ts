import { failure } from "../../shared/domain/failures.ts";
import { refuse } from "../../shared/domain/result.ts";
import { planWorker } from "../../shared/personal-data/plan-worker.ts";
import { findWorkerId, findWorkerRecord } from "../../shared/store/worker-store.ts";
import { applyMessage } from "../apply.ts";
import type { MessageCallOf, Outcome } from "../bind.ts";
import type { AgencyServices } from "./agency-services.ts";
import type { agencyOperations } from "./operations.ts";
import { toWorkerView } from "./worker-view.ts";

type Call = MessageCallOf<typeof agencyOperations.putWorker>;

/** A worker is known by ID number for good; the card may be replaced by one that nobody else holds. */
export const putWorker =
  (services: Pick<AgencyServices, "db" | "personLookup" | "cipher" | "logger" | "now" | "newId">) =>
  (call: Call): Outcome =>
    applyMessage(services, call, async () => {
      const { db, personLookup, newId } = services;
      const { body: statement } = call;
      const { idType, idNumber } = statement;
      const findById = () => findWorkerId(db, personLookup.hashes({ idType, idNumber }));
      const [found, cardHolder] = await Promise.all([
        findById(),
        findWorkerId(db, personLookup.hashes({ cardNumber: statement.cardNumber })),
      ]);
      // Another first statement of the same person may have been written between the two reads.
      const knownId = found ?? (cardHolder === undefined ? undefined : await findById());
      if (cardHolder !== undefined && cardHolder !== knownId) {
        const code = "CARD_NUMBER_TAKEN";
        return refuse(failure(code, [{ pointer: "/cardNumber", code }]));
      }
      const known = knownId === undefined ? undefined : await findWorkerRecord(db, knownId);
      const { worker, writes } = await planWorker(services, knownId ?? newId("W"), statement, known);
      return { ok: true, value: { subject: worker.workerId, value: toWorkerView(worker), writes } };
    });
