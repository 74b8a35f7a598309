import { beforeAll, expect, test } from "vitest";
import { makeServices } from "../../../functions/kit/services.ts";
import { bringUpToDate } from "../../../functions/settlements/bring-up-to-date.ts";
import { findOpenTasks, follow, type OpenTask } from "../../../functions/settlements/follow-case-decision.ts";
import type { FollowTask } from "../../../functions/settlements/followed-events.ts";
import type { Visit } from "../../../shared/domain/visits/visit.ts";
import { findCase, findCaseOwner } from "../../../shared/store/registry/registry-store.ts";
import { readVisitsOfCase } from "../../../shared/store/visits/case-visits.ts";
import { meterCapacity } from "../../support/capacity-meter.ts";
import { caseBody, lineBody, openVisit, stateRegistry } from "../../support/demo-case.ts";
import { startTestService, type TestService } from "../../support/service.ts";

/** What the decision of a case costs for each of its visits, in sequential round trips. */
let service: TestService;
const CASE = "GS-ROUNDS";

beforeAll(async () => {
  service = await startTestService();
  await stateRegistry(service);
});

const state = (status: string) =>
  service.must("put-case", { params: { caseNo: CASE }, body: caseBody({ status }) });

async function deferVisit(): Promise<void> {
  const params = { visitId: await openVisit(service, { caseNo: CASE }) };
  await service.must("upload-charges", { params, body: { lines: [lineBody("1")] } });
  await service.must("settle-visit", { params });
}

/** Brings every visit of the case up to date with the services of one process; how many rounds each took. */
async function followAll(): Promise<{ readonly rounds: number[]; readonly visits: Visit[] }> {
  const services = makeServices();
  const { db } = services;
  const workerId = await findCaseOwner(db, CASE);
  const injuryCase = workerId === undefined ? undefined : await findCase(db, workerId, CASE);
  if (injuryCase === undefined) throw new Error("there is no case");
  const meter = meterCapacity(db.client);
  const rounds: number[] = [];
  for (const visit of await readVisitsOfCase(db, CASE)) {
    const { roundTrips } = await meter.measure(() => bringUpToDate(services, visit, injuryCase));
    rounds.push(roundTrips);
  }
  return { rounds, visits: await readVisitsOfCase(db, CASE) };
}

test("a decided visit takes 2 round trips in a row: one to load, one to commit; the first of a process 3", async () => {
  await state("APPLIED");
  for (let count = 0; count < 3; count += 1) await deferVisit();
  await state("RECOGNISED");
  const { rounds, visits } = await followAll();
  expect(visits.map(({ status }) => status)).toEqual(["SETTLED", "SETTLED", "SETTLED"]);
  expect(rounds).toEqual([3, 2, 2]);
});

test("what is to be recovered of a settled visit takes 2, and what is where its case has it 1", async () => {
  await state("REVOKED");
  expect((await followAll()).rounds).toEqual([2, 2, 2]);
  expect((await followAll()).rounds).toEqual([1, 1, 1]);
});

test("a visit of a queue takes 2 as well: two reads for the whole queue tell what is to be done", async () => {
  await state("APPLIED");
  await deferVisit();
  await state("RECOGNISED");
  const services = makeServices();
  const { db } = services;
  await services.references.load(["A1"], await services.references.readVersion());
  const waiting = (await readVisitsOfCase(db, CASE)).filter(({ status }) => status === "DEFERRED");
  const tasks = waiting.map(({ visitId: subject, hospitalCode }): FollowTask => {
    return { type: "CLAIM_DEFERRED", subject, hospitalCode };
  });
  const meter = meterCapacity(db.client);
  let open: readonly OpenTask[] = [];
  const looking = await meter.measure(async () => {
    open = await findOpenTasks(services, tasks);
  });
  const following = await meter.measure(async () => {
    for (const each of open) await follow(services, each, () => false);
  });
  expect([open.length, looking.roundTrips, following.roundTrips]).toEqual([1, 2, 2]);
  expect(await findOpenTasks(services, tasks)).toEqual([]);
});
