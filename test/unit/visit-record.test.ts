import { expect, it } from "vitest";
import { appendCharges } from "../../shared/store/charge-parts.ts";
import type { Database } from "../../shared/store/database.ts";
import { commitTransaction } from "../../shared/store/transaction.ts";
import { findVisitRecord, registerVisit, saveVisit } from "../../shared/store/visit-store.ts";
import { type Fault, makeFaultyClient } from "../simulation/faulty-client.ts";
import { makeMemoryTables } from "../simulation/memory-tables.ts";
import { type Send, toClient } from "../simulation/send.ts";
import { makeLine, makeVisit } from "../support/builders.ts";

const pause = (): Promise<void> => Promise.resolve();
const databaseOf = (send: Send): Database => ({
  client: toClient(send),
  registry: "Registry",
  ledger: "Ledger",
  pause,
});

it("a visit is never read with the header of one moment and the lines of another that still can be written", async () => {
  const { send } = makeMemoryTables();
  const db = databaseOf(send);
  const visit = makeVisit();
  const diagnoses = [{ code: "S62.301", name: "骨折", primary: true }];
  await commitTransaction(db, registerVisit(db, visit, { department: "骨科", diagnoses, injuries: [] }));
  const post = async (version: number) => {
    const record = await findVisitRecord(db, visit.hospitalCode, visit.visitId);
    const posted = [makeLine({ lineNo: `${version}` })];
    return commitTransaction(db, [
      saveVisit(db, { ...visit, version, lineCount: version - 1 }),
      appendCharges(db, visit.visitId, record?.parts ?? [], { posted, by: `m${version}` }),
    ]);
  };
  await post(2);

  // The page ends early, and before the next one is read another line is posted.
  let turns = 0;
  const faults: (Fault | undefined)[] = ["SHORT_PAGE"];
  const faulty = makeFaultyClient(
    send,
    ({ index }) => faults[index],
    async () => {
      turns += 1;
      if (turns === 3) await post(3);
    },
  );
  const record = await findVisitRecord(databaseOf(faulty.send), visit.hospitalCode, visit.visitId);
  expect(turns).toBeGreaterThan(3);
  expect([record?.visit.version, record?.visit.lineCount, record?.lines.length]).toEqual([3, 2, 2]);
});
