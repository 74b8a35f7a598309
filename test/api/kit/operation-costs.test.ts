import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { operations } from "../../../functions/contract/operations.ts";
import { makeServices } from "../../../functions/kit/services.ts";
import { addDays, dayOf, instantOf } from "../../../shared/domain/dates.ts";
import { meterCapacity } from "../../support/capacity-meter.ts";
import {
  CARD_NUMBER,
  CASE_NO,
  caseBody,
  EMPLOYER,
  employerBody,
  hospitalBody,
  ID_NUMBER,
  NAME,
  OTHER_EMPLOYER,
  policy,
  stateEmployers,
  stateRegistry,
} from "../../support/demo-case.ts";
import { allowEverything, doEverything } from "../../support/everything.ts";
import { makeHandlers } from "../../support/handlers.ts";
import {
  type Caller,
  changeCatalogue,
  deferMany,
  readLongest,
  reconcileLongest,
  treatLongest,
} from "../../support/largest-calls.ts";
import { type CallInput, HOSPITAL, makeCall, startTestService } from "../../support/service.ts";
import { type Receiver, startReceiver } from "../../support/webhook-receiver.ts";

const costs = ["calls", "readUnits", "writeUnits", "storedBytes"] as const;
type Cost = Readonly<Record<(typeof costs)[number], number>>;
const ZERO_ALLOCATION: Cost = { calls: 0, readUnits: 0, writeUnits: 0, storedBytes: 0 };
/** What may be stated above what was measured: a limit that nothing comes near says nothing. */
const ROOM: Cost = { calls: 20, readUnits: 20, writeUnits: 20, storedBytes: 4_000 };

/** The table of the page: each operation with its limits, in the order of `costs`. */
const stated = new Map<string, Cost>(
  readFileSync(join(import.meta.dirname, "../../../docs/limits.md"), "utf8")
    .split("\n")
    .flatMap((line): [string, Cost][] => {
      const [, id, ...limits] =
        /^\| `([a-z-]+)` \| ([\d,]+) \| ([\d,]+) \| ([\d,]+) \| ([\d,]+) \|$/.exec(line) ?? [];
      if (id === undefined) return [];
      const [calls = 0, readUnits = 0, writeUnits = 0, storedBytes = 0] = limits.map((text) =>
        Number(text.replaceAll(",", "")),
      );
      return [[id, { calls, readUnits, writeUnits, storedBytes }]];
    }),
);

/** The dearest call of each operation so far. */
const measured = new Map<string, Cost>();
let receiver: Receiver;

beforeAll(async () => {
  allowEverything();
  const [service, started] = await Promise.all([startTestService(), startReceiver()]);
  receiver = started;
  await stateRegistry(service);
  await stateEmployers(service, [OTHER_EMPLOYER]);
  const services = makeServices();
  const meter = meterCapacity(services.db.client);
  const { call } = makeCall({
    ...makeHandlers(services),
    public: (await import("../../../functions/entry/public.ts")).handler,
  });
  const metered: Caller = {
    call: async (id: string, input?: CallInput) => {
      let answer: Awaited<ReturnType<typeof call>> | undefined;
      const cost = await meter.measure(async () => {
        answer = await call(id, input);
      });
      const before = measured.get(id) ?? ZERO_ALLOCATION;
      const dearest = (name: keyof Cost): number => Math.max(before[name], cost[name]);
      measured.set(id, {
        calls: dearest("calls"),
        readUnits: dearest("readUnits"),
        writeUnits: dearest("writeUnits"),
        storedBytes: dearest("storedBytes"),
      });
      if (answer === undefined) throw new Error(`${id} was not answered`);
      return answer;
    },
    must: async (id, input) => {
      const answer = await metered.call(id, input);
      if (answer.status >= 300) throw new Error(`${id}: ${answer.text}`);
      return answer;
    },
  };
  const treated = {
    worker: { idNumber: ID_NUMBER, cardNumber: CARD_NUMBER, name: NAME },
    caseNo: CASE_NO,
    laterCaseNo: "GS-COST-2",
    injuries: caseBody().injuries,
    diagnoses: [{ code: "S62.301", name: "掌骨骨折", primary: true }],
  };
  const on = dayOf(instantOf(Date.now()));
  const days = { today: on, monthAgo: addDays(on, -30), yearAgo: addDays(on, -365) };
  for (const id of ["get-health", "get-openapi", "get-docs"]) await metered.must(id);
  await metered.must("put-hospital", { params: { code: HOSPITAL }, body: hospitalBody() });
  await metered.must("put-employer", { params: { uscc: EMPLOYER }, body: employerBody() });
  await metered.must("put-policy", { params: { effectiveFrom: "2024-01-01" }, body: policy });
  await doEverything(metered, treated, receiver.url);
  await deferMany(service, "GS-COST-3");
  await changeCatalogue(metered);
  await treatLongest(metered);
  await reconcileLongest(metered, on);
  await readLongest(metered, { caseNo: "GS-COST-3", days });
}, 600_000);
afterAll(() => receiver.stop());

test("docs/limits.md states for every operation, and for nothing else, what one call costs at most", () => {
  expect([...stated.keys()].sort()).toEqual(operations.map(({ id }) => id).sort());
});

describe("one call with the largest input stays within what is stated, and comes near it:", () => {
  test.each(operations.map(({ id }) => id))("%s", (id) => {
    const cost = measured.get(id);
    const limit = stated.get(id);
    if (cost === undefined || limit === undefined) throw new Error(`${id} has no limit, or was not called`);
    for (const name of costs) {
      expect([name, cost[name]]).toEqual([name, Math.min(cost[name], limit[name])]);
      expect([name, limit[name]]).toEqual([name, Math.min(limit[name], 2 * cost[name] + ROOM[name])]);
    }
  });
});
