import { expect, it } from "vitest";
import * as z from "zod/mini";
import type { Database } from "../../../shared/store/kit/database.ts";
import { commitTransaction } from "../../../shared/store/kit/transaction.ts";
import {
  findVisit,
  findVisitRecord,
  registerVisit,
  saveVisitAndDetails,
  saveVisitAndLines,
} from "../../../shared/store/visits/visit-store.ts";
import { type Fault, makeFaultyClient } from "../../simulation/faulty-client.ts";
import { makeMemoryTables } from "../../simulation/memory-tables.ts";
import { type Send, toClient } from "../../simulation/send.ts";
import { makeLine, makeVisit } from "../../support/builders.ts";

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
    const next = { ...visit, version, lineCount: version - 1 };
    const change = { posted, by: `m${version}` };
    return commitTransaction(db, saveVisitAndLines(db, next, record?.parts ?? [], change));
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

it("nor with the header of one moment and the details of another", async () => {
  const { send } = makeMemoryTables();
  const db = databaseOf(send);
  const visit = makeVisit();
  const details = (department: string) => ({
    department,
    diagnoses: [{ code: "S62.301", name: "骨折", primary: true }],
    injuries: [],
  });
  await commitTransaction(db, registerVisit(db, visit, details("骨科")));
  let reads = 0;
  const old = await findVisit(db, visit.hospitalCode, visit.visitId);
  await commitTransaction(db, saveVisitAndDetails(db, { ...visit, version: 2 }, details("手外科")));
  // The first read gives the new header with the details as they were.
  const torn: Send = async (command) => {
    const answer = await send(command);
    reads += 1;
    if (reads > 1 || !("Responses" in answer)) return answer;
    const { Ledger } = z
      .object({ Ledger: z.array(z.record(z.string(), z.unknown())) })
      .parse(answer.Responses);
    const items = Ledger.map((item) =>
      item.sk === "DETAILS" ? { ...item, ...old?.details, version: 1 } : item,
    );
    return { ...answer, Responses: { Ledger: items } };
  };
  const found = await findVisit(databaseOf(torn), visit.hospitalCode, visit.visitId);
  expect([reads, found?.visit.version, found?.details.department]).toEqual([2, 2, "手外科"]);
});
