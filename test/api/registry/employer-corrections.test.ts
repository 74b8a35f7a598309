import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import {
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  ScanCommand,
} from "@aws-sdk/lib-dynamodb";
import { beforeAll, describe, expect, test } from "vitest";
import { audiences } from "../../../infra/aws/audiences.ts";
import { beforeEachCall } from "../../support/before-each-call.ts";
import {
  caseBody,
  EMPLOYER,
  lineBody,
  OTHER_EMPLOYER,
  openVisit,
  policy,
  stateEmployers,
  stateRegistry,
  today,
} from "../../support/demo-case.ts";
import { makeHandlers } from "../../support/handlers.ts";
import {
  HOSPITAL,
  makeCall,
  makeGrantedServices,
  startTestService,
  type TestService,
} from "../../support/service.ts";

const reason = "用人单位录入有误，已核对合同";
let service: TestService;
beforeAll(async () => {
  process.env.LOOKUPS_PER_HOUR = "1000000";
  service = await startTestService();
  await stateRegistry(service);
  await stateEmployers(service, [OTHER_EMPLOYER]);
});

const state = (caseNo: string, overrides: object = {}) =>
  service.call("put-case", { params: { caseNo }, body: caseBody(overrides) });
const correct = (caseNo: string, body: object = {}, key?: string) =>
  service.call("correct-employer", {
    params: { caseNo },
    body: { employerUscc: OTHER_EMPLOYER, reason, ...body },
    ...(key === undefined ? {} : { key }),
  });
const employerOf = async (visitId: string): Promise<string> =>
  (await service.must("get-agency-visit", { params: { visitId } })).body.employerUscc;
const claim = (institution: string, visitId: string) =>
  service.call("get-claim", { institution, params: { visitId } });
const bill = async (visitId: string) => {
  await service.must("upload-charges", { params: { visitId }, body: { lines: [lineBody("1")] } });
  return (await service.must("settle-visit", { params: { visitId } })).body;
};

describe("a case that was stated with the wrong employer is corrected by the agency:", () => {
  test("open and deferred visits follow, settled ones are named and stay, and both employers hear of it", async () => {
    const caseNo = "GS-EMPLOYER-1";
    await state(caseNo);
    const settled = await openVisit(service, { caseNo });
    await bill(settled);
    await state(caseNo, { status: "APPLIED" });
    const [open, deferred, cancelled] = await Promise.all(
      [1, 2, 3].map(() => openVisit(service, { caseNo })),
    );
    if (open === undefined || deferred === undefined || cancelled === undefined) throw new Error("no visits");
    expect((await bill(deferred)).kind).toBe("DEFERRED");
    await service.must("cancel-visit", { params: { visitId: cancelled }, body: {} });
    expect((await state(caseNo, { employerUscc: OTHER_EMPLOYER })).body.code).toBe("CASE_HAS_VISITS");

    const corrected = await correct(caseNo, {}, "correction");
    expect([corrected.status, corrected.body]).toEqual([
      201,
      {
        ...{ caseNo, employerUscc: OTHER_EMPLOYER },
        visitIds: [open, deferred].sort(),
        settledVisitIds: [settled],
      },
    ]);
    expect((await correct(caseNo, {}, "correction")).text).toBe(corrected.text);
    expect(await Promise.all([open, deferred, settled].map(employerOf))).toEqual([
      OTHER_EMPLOYER,
      OTHER_EMPLOYER,
      EMPLOYER,
    ]);
    for (const visitId of [open, deferred]) {
      expect((await claim(OTHER_EMPLOYER, visitId)).status).toBe(200);
      expect((await claim(EMPLOYER, visitId)).status).toBe(404);
    }
    expect((await claim(EMPLOYER, settled)).status).toBe(200);
    for (const institution of [EMPLOYER, OTHER_EMPLOYER]) {
      const { items } = (
        await service.must("list-enterprise-events", { institution, query: { limit: "100" } })
      ).body;
      const heard = items
        .filter(({ type }: { type: string }) => type === "CLAIM_EMPLOYER_CORRECTED")
        .map(({ visitId }: { visitId: string }) => visitId);
      expect(heard.sort()).toEqual([open, deferred].sort());
    }
    const injuryCase = (await service.must("get-case", { params: { caseNo } })).body;
    expect(injuryCase).toMatchObject({ employerUscc: OTHER_EMPLOYER, status: "APPLIED" });
    const { items } = (await service.must("list-audit-events", { query: { ...today, subject: caseNo } }))
      .body;
    const entries = items.filter(({ operation }: { operation: string }) => operation === "correct-employer");
    expect(entries.at(-1)).toMatchObject({ kind: "CHANGE", reason, result: "DONE" });
    // What follows goes on as before, and the case can be stated with its right employer alone.
    expect((await state(caseNo, { employerUscc: EMPLOYER })).body.code).toBe("CASE_HAS_VISITS");
    expect((await state(caseNo, { employerUscc: OTHER_EMPLOYER })).status).toBe(200);
    const later = await openVisit(service, { caseNo });
    expect(await employerOf(later)).toBe(OTHER_EMPLOYER);
    expect((await bill(open)).kind).toBe("FINAL");
  });

  /** A bill that the employer bears: of an item that no catalogue has, without its notice. */
  const borne = { itemCode: "UNKNOWN", quantity: "1", unitPrice: "1000", amount: "1000.00" };
  async function released(caseNo: string): Promise<string> {
    await state(caseNo, { status: "APPLIED" });
    const visitId = await openVisit(service, { caseNo, employerNotice: undefined });
    await service.must("upload-charges", { params: { visitId }, body: { lines: [lineBody("1", borne)] } });
    await service.must("settle-visit", { params: { visitId } });
    await state(caseNo, { status: "NOT_RECOGNISED" });
    expect((await service.must("settle-visit", { params: { visitId } })).body.kind).toBe("RELEASE");
    return visitId;
  }
  /** What each account gave of a visit, less what it got, by all entries of the ledger. */
  async function accountsOf(visitId: string): Promise<Record<string, number>> {
    const client = DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint: service.endpoint }));
    const { Items = [] } = await client.send(new ScanCommand({ TableName: service.ledgerTable }));
    const accounts: Record<string, number> = {};
    for (const { postings = [], visitId: of, pk } of Items) {
      if (of !== visitId || !String(pk).startsWith("LEDGER#")) continue;
      for (const { source, destination, amount } of postings) {
        accounts[source] = (accounts[source] ?? 0) + amount;
        accounts[destination] = (accounts[destination] ?? 0) - amount;
      }
    }
    return Object.fromEntries(Object.entries(accounts).filter(([, amount]) => amount !== 0));
  }

  test("a bill that left the fund follows too, on the accounts of the ledger, and is settled for the right employer", async () => {
    const caseNo = "GS-EMPLOYER-RELEASED";
    await service.must("put-policy", {
      params: { effectiveFrom: "2024-01-01" },
      body: { ...policy, releasedBearer: "EMPLOYER" },
    });
    const visitId = await released(caseNo);
    expect(await accountsOf(visitId)).toMatchObject({ [`employer:${EMPLOYER}`]: 100_000 });
    expect((await correct(caseNo)).body).toMatchObject({ visitIds: [visitId], settledVisitIds: [] });
    expect((await claim(OTHER_EMPLOYER, visitId)).status).toBe(200);
    expect((await claim(EMPLOYER, visitId)).status).toBe(404);
    const moved = await accountsOf(visitId);
    expect(moved).toMatchObject({ [`employer:${OTHER_EMPLOYER}`]: 100_000 });
    expect(moved).not.toHaveProperty(`employer:${EMPLOYER}`);
    // Taken back, and made to stand again: on the accounts of the employer whose the visit is.
    const key = `reversal-${visitId}`;
    const params = { settlementId: `${visitId}-2` };
    await service.must("reverse-settlement", { params, body: { reason: "错" }, key });
    expect(await accountsOf(visitId)).not.toHaveProperty(`employer:${OTHER_EMPLOYER}`);
    await service.must("cancel-message", { params: { key } });
    expect(await accountsOf(visitId)).toEqual(moved);
    await state(caseNo, { status: "RECOGNISED", employerUscc: OTHER_EMPLOYER });
    const final = await service.must("settle-visit", { params: { visitId } });
    expect(final.body).toMatchObject({ kind: "FINAL", allocation: { employer: "1000.00" } });
    expect(await employerOf(visitId)).toBe(OTHER_EMPLOYER);
    expect(await accountsOf(visitId)).toEqual(moved);
    await service.must("put-policy", { params: { effectiveFrom: "2024-01-01" }, body: policy });
  });

  test("what is reversed after the correction is the right employer's at once, and stands again for the other one if that is cancelled", async () => {
    const caseNo = "GS-EMPLOYER-REVERSED";
    const visitId = await released(caseNo);
    await state(caseNo);
    const { body: final } = await service.must("settle-visit", { params: { visitId } });
    expect((await correct(caseNo)).body).toMatchObject({ visitIds: [], settledVisitIds: [visitId] });
    const settled = await accountsOf(visitId);
    const key = `reversal-${visitId}`;
    const reverse = { params: { settlementId: final.settlementId }, body: { reason: "错" }, key };
    await service.must("reverse-settlement", reverse);
    expect((await claim(OTHER_EMPLOYER, visitId)).body.status).toBe("RELEASED");
    expect((await claim(EMPLOYER, visitId)).status).toBe(404);
    await service.must("cancel-message", { params: { key } });
    expect((await claim(EMPLOYER, visitId)).body.status).toBe("SETTLED");
    expect((await claim(OTHER_EMPLOYER, visitId)).status).toBe(404);
    expect(await accountsOf(visitId)).toEqual(settled);
    await service.must("reverse-settlement", {
      ...reverse,
      params: { settlementId: `${visitId}-5` },
      key: `again-${visitId}`,
    });
    const anew = await service.must("settle-visit", { params: { visitId } });
    expect(anew.body).toMatchObject({ kind: "FINAL", allocation: { employer: "1000.00" } });
    expect((await accountsOf(visitId))[`employer:${OTHER_EMPLOYER}`]).toBe(100_000);
    expect(await employerOf(visitId)).toBe(OTHER_EMPLOYER);
  });

  test("a reversal whose visit went over since is not cancelled: it is settled anew, for the right employer", async () => {
    const caseNo = "GS-EMPLOYER-SINCE";
    await state(caseNo);
    const visitId = await openVisit(service, { caseNo });
    const { settlementId } = await bill(visitId);
    const key = `reversal-${visitId}`;
    await service.must("reverse-settlement", { params: { settlementId }, body: { reason: "错" }, key });
    expect((await correct(caseNo)).body).toMatchObject({ visitIds: [visitId] });
    const refused = await service.call("cancel-message", { params: { key } });
    expect(refused.body.code).toBe("VISIT_CHANGED_SINCE");
    expect((await service.must("settle-visit", { params: { visitId } })).body.kind).toBe("FINAL");
    expect(await employerOf(visitId)).toBe(OTHER_EMPLOYER);
  });

  test("a visit that its correction has not reached is settled for the right employer all the same", async () => {
    const caseNo = "GS-EMPLOYER-LATE";
    await state(caseNo);
    const visitId = await openVisit(service, { caseNo, employerNotice: undefined });
    await service.must("upload-charges", { params: { visitId }, body: { lines: [lineBody("1", borne)] } });
    // As if the process had died once the case was corrected: the visit as it was.
    const client = DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint: service.endpoint }));
    const key = { pk: `VISIT#${HOSPITAL}#${visitId}`, sk: "HEADER" };
    const { Item } = await client.send(new GetCommand({ TableName: service.ledgerTable, Key: key }));
    await correct(caseNo);
    await client.send(new PutCommand({ TableName: service.ledgerTable, Item }));
    const { body } = await service.must("settle-visit", { params: { visitId } });
    expect(body).toMatchObject({ kind: "FINAL", allocation: { employer: "1000.00" } });
    expect(await employerOf(visitId)).toBe(OTHER_EMPLOYER);
    expect(await accountsOf(visitId)).toMatchObject({ [`employer:${OTHER_EMPLOYER}`]: 100_000 });
    expect((await claim(EMPLOYER, visitId)).status).toBe(404);
  });

  test("and back again, once what was settled is reversed", async () => {
    const caseNo = "GS-EMPLOYER-2";
    await state(caseNo);
    const visitId = await openVisit(service, { caseNo });
    const { settlementId } = await bill(visitId);
    expect((await correct(caseNo)).body).toMatchObject({ visitIds: [], settledVisitIds: [visitId] });
    await service.must("reverse-settlement", { params: { settlementId }, body: { reason: "更正用人单位" } });
    expect(await employerOf(visitId)).toBe(OTHER_EMPLOYER);
    expect((await correct(caseNo)).body).toMatchObject({ visitIds: [visitId], settledVisitIds: [] });
    expect((await correct(caseNo, { employerUscc: EMPLOYER })).body).toMatchObject({ visitIds: [visitId] });
    expect((await claim(EMPLOYER, visitId)).status).toBe(200);
    expect((await claim(OTHER_EMPLOYER, visitId)).status).toBe(404);
  });

  test("a correction that broke off and is sent again after a later one takes no visit back", async () => {
    const caseNo = "GS-EMPLOYER-BROKEN";
    await state(caseNo);
    const visitId = await openVisit(service, { caseNo });
    await correct(caseNo, {}, "broken-off");
    // As if its process had died before the last transaction.
    const client = DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint: service.endpoint }));
    const Key = { pk: "MESSAGE#A330304#broken-off", sk: "MESSAGE" };
    const TableName = service.ledgerTable;
    const gone = await client.send(new DeleteCommand({ TableName, Key, ReturnValues: "ALL_OLD" }));
    expect(gone.Attributes).toBeDefined();
    await correct(caseNo, { employerUscc: EMPLOYER }, "right-again");
    expect(await employerOf(visitId)).toBe(EMPLOYER);
    expect((await correct(caseNo, {}, "broken-off")).status).toBe(201);
    expect(await employerOf(visitId)).toBe(EMPLOYER);
  });

  test("of a case with fifty visits, in several transactions", async () => {
    const caseNo = "GS-EMPLOYER-3";
    await state(caseNo);
    const visits = await Promise.all(Array.from({ length: 50 }, () => openVisit(service, { caseNo })));
    expect((await correct(caseNo)).body.visitIds).toEqual(visits.sort());
    expect(new Set(await Promise.all(visits.map(employerOf)))).toEqual(new Set([OTHER_EMPLOYER]));
  });

  test("not of no case, nor to an employer that is not stated, nor by anybody else", async () => {
    expect((await correct("GS-NONE")).body.code).toBe("CASE_NOT_FOUND");
    await state("GS-EMPLOYER-4");
    const unknown = await correct("GS-EMPLOYER-4", { employerUscc: "91350100M000100Y43" });
    expect(unknown.body).toMatchObject({ code: "EMPLOYER_UNKNOWN", errors: [{ pointer: "/employerUscc" }] });
    const asHospital = {
      params: { caseNo: "GS-EMPLOYER-4" },
      body: { employerUscc: EMPLOYER, reason },
      role: "hospital",
    };
    expect((await service.call("correct-employer", asHospital)).status).toBe(403);
  });

  test("and what stayed, as it was settled, and was reversed later, waits and is freed by the insurance of the case's employer", async () => {
    const caseNo = "GS-EMPLOYER-LEFT";
    await state(caseNo);
    const visitId = await openVisit(service, { caseNo });
    const { settlementId } = await bill(visitId);
    await correct(caseNo);
    expect(await employerOf(visitId)).toBe(EMPLOYER);
    await service.must("reverse-settlement", { params: { settlementId }, body: { reason: "更正用人单位" } });
    const insure = (insured: object[]) =>
      service.must("put-employer", {
        params: { uscc: OTHER_EMPLOYER },
        body: { name: "云渚市试验厂", insured },
      });
    const { follow } = await import("../../../functions/settlements/follow-case-decision.ts");
    const { makeServices } = await import("../../../functions/kit/services.ts");
    const task = { type: "EMPLOYER_CHANGED", subject: OTHER_EMPLOYER, hospitalCode: "" } as const;
    const blocked = async () => {
      expect(await follow(makeServices(), { task }, () => false)).toBe(true);
      return (await service.must("get-agency-visit", { params: { visitId } })).body.blockedBy;
    };
    await insure([]);
    expect(await blocked()).toBe("EMPLOYER_NOT_INSURED");
    await insure([{ from: "2020-01-01", to: null }]);
    expect(await blocked()).toBeUndefined();
  });
});

test("a case that is stated while its employer is corrected stays with the employer of its visits, whenever that comes", async () => {
  const caseNo = "GS-EMPLOYER-MEANWHILE";
  let employer = EMPLOYER;
  await state(caseNo);
  const visitId = await openVisit(service, { caseNo });
  /** Before how many of its calls of the store the correction came in; each place is tried. */
  let calls = Number.POSITIVE_INFINITY;
  for (let place = 1; place <= calls; place += 1) {
    const services = makeGrantedServices(audiences.agency.tables);
    const next = employer === EMPLOYER ? OTHER_EMPLOYER : EMPLOYER;
    let count = 0;
    beforeEachCall(services.db, async () => {
      count += 1;
      if (count !== place) return;
      await service.must("correct-employer", { params: { caseNo }, body: { employerUscc: next, reason } });
    });
    const { call } = makeCall(makeHandlers(services));
    const stated = await call("put-case", { params: { caseNo }, body: caseBody({ employerUscc: employer }) });
    calls = Math.min(calls, count);
    employer = next;
    const { body: found } = await service.must("get-case", { params: { caseNo } });
    expect([place, found.employerUscc]).toEqual([place, await employerOf(visitId)]);
    expect([place, found.employerUscc, stated.body.code]).toEqual([place, next, "CASE_HAS_VISITS"]);
  }
  expect(calls).toBeGreaterThan(3);
});
