import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import * as z from "zod/mini";
import { makeDemoBills } from "../../../infra/demo/bills.ts";
import { callWith } from "../../../infra/demo/demo-api.ts";
import { DemoCallError } from "../../../infra/demo/demo-call-error.ts";
import { demoRegistry } from "../../../infra/demo/demo-registry.ts";
import { type PostingProgress, postDemoBills } from "../../../infra/demo/post-demo-bills.ts";

/** Stands in for the service: it takes note of the calls, and answers what the test says or a plain success. */
interface Called {
  readonly path: string;
  readonly authorization: string;
  readonly key: string | undefined;
  readonly body: string;
}
type Answer = readonly [status: number, body: object];

const allocation = {
  fund: "80.00",
  employer: "10.00",
  hospital: "5.00",
  thirdParty: "0.10",
  otherInsurer: "2.20",
  personal: "2.70",
};
const settlement = { settlementId: "S1", status: "SETTLED", total: "100.00", allocation, lineCount: 7 };

function plainAnswer({ path, body }: Called): Answer {
  if (path === "/oauth/token") return [200, { access_token: "a-token", token_type: "Bearer" }];
  if (path.endsWith("/eligibility-checks")) {
    return [200, { route: "DIRECT", worker: { name: "王**" }, authorisations: [], refusals: [] }];
  }
  if (path.endsWith("/visits"))
    return [201, { visitId: `V-${JSON.parse(body).hospitalVisitNo}`, status: "OPEN" }];
  return path.endsWith("/settlements") ? [201, settlement] : [201, {}];
}

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/** Starts the stand-in; `answer` may answer undefined for a plain success. */
async function startService(answer: (call: Called, calls: readonly Called[]) => Answer | undefined) {
  const calls: Called[] = [];
  const load = { now: 0, most: 0 };
  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    load.now += 1;
    load.most = Math.max(load.most, load.now);
    const key = request.headers["idempotency-key"];
    const call = {
      path: request.url ?? "",
      authorization: request.headers.authorization ?? "",
      key: typeof key === "string" ? key : undefined,
      body: await readBody(request),
    };
    calls.push(call);
    const [status, body] = answer(call, calls) ?? plainAnswer(call);
    // Long enough for the calls that are under way to meet.
    await wait(1);
    load.now -= 1;
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  };
  const server = createServer((request, response) => {
    respond(request, response).catch((error) => response.destroy(error));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return { baseUrl: `http://127.0.0.1:${address.port}`, calls, load };
}

const registry = demoRegistry();
const bills = makeDemoBills(registry, registry.catalogueItems);
const callsOf = (calls: readonly Called[], visitNo: string) =>
  calls.filter(({ path, body }) => path.includes(`/V-${visitNo}/`) || body.includes(`"${visitNo}"`));

test("every bill is posted in the order of its life, and reported in the order of the bills", async () => {
  const service = await startService(() => undefined);
  const progress: PostingProgress[] = [];
  const results = await postDemoBills({
    baseUrl: service.baseUrl,
    onProgress: (step) => progress.push(step),
  });

  expect(results.map(({ hospitalVisitNo }) => hospitalVisitNo)).toEqual(
    bills.map(({ hospitalVisitNo }) => hospitalVisitNo),
  );
  expect(results[0]).toEqual({
    hospitalVisitNo: "MZ202602240001",
    worker: "王**",
    visitType: "OUTPATIENT",
    lines: 7,
    total: "100.00",
    fund: "80.00",
    employer: "10.00",
    hospital: "5.00",
    other: "5.00",
    status: "SETTLED",
  });
  expect(progress.map(({ posted }) => posted)).toEqual(bills.map((_, index) => index + 1));
  expect(progress.every(({ total }) => total === 30)).toBe(true);
  for (const bill of bills) {
    const sent = callsOf(service.calls, bill.hospitalVisitNo).map(({ key }) => key);
    expect(sent).toEqual([
      bill.registration.key,
      ...bill.charges.map(({ key }) => key),
      ...(bill.discharge === undefined ? [] : [bill.discharge.key]),
      bill.settlement.key,
    ]);
  }
});

test("a worker's next bill waits until the one before is settled, and at most four are on their way at once", async () => {
  const service = await startService(() => undefined);
  await postDemoBills({ baseUrl: service.baseUrl });
  for (const ofWorker of Map.groupBy(bills, ({ idNumber }) => idNumber).values()) {
    const keys = ofWorker.flatMap(({ registration, settlement: last }) => [registration.key, last.key]);
    const places = keys.map((key) => service.calls.findIndex((call) => call.key === key));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  }
  expect(service.load.most).toBeGreaterThan(1);
  expect(service.load.most).toBeLessThanOrEqual(4);
});

test("each hospital signs in once with its own client, and calls with its token", async () => {
  const service = await startService(() => undefined);
  await postDemoBills({ baseUrl: service.baseUrl, clientSecret: "another-secret" });
  const signIns = service.calls.filter(({ path }) => path === "/oauth/token");
  const credentials = signIns.map(({ authorization }) =>
    Buffer.from(authorization.replace("Basic ", ""), "base64").toString(),
  );
  expect(credentials.sort()).toEqual(["demo-hospital-2:another-secret", "demo-hospital:another-secret"]);
  expect(signIns.every(({ body }) => body === "grant_type=client_credentials")).toBe(true);
  const others = service.calls.filter(({ path }) => path !== "/oauth/token");
  expect(new Set(others.map(({ authorization }) => authorization))).toEqual(new Set(["Bearer a-token"]));
});

test("a refused call ends it with an error that shows operation, status, code and every fault", async () => {
  const errors = [{ pointer: "/lines/0/amount", code: "LINE_AMOUNT_MISMATCH", detail: "1.00 is not 1.01" }];
  const service = await startService(({ path }) =>
    path.endsWith("/charges") ? [422, { code: "INPUT_INVALID", retryable: false, errors }] : undefined,
  );
  const failed = await postDemoBills({ baseUrl: service.baseUrl }).catch((error: unknown) => error);
  expect(failed).toBeInstanceOf(DemoCallError);
  expect(failed).toMatchObject({ operation: "upload-charges", status: 422, code: "INPUT_INVALID", errors });
  expect(String(failed)).toContain("upload-charges: 422 INPUT_INVALID");
  expect(String(failed)).toContain("/lines/0/amount LINE_AMOUNT_MISMATCH 1.00 is not 1.01");
  const registrations = service.calls.filter(({ path }) => path.endsWith("/visits"));
  expect(registrations.length).toBeLessThanOrEqual(4);
});

test("a worker who may not be treated is an error that names the reasons", async () => {
  const refusals = [{ caseNo: "GS2026000001", code: "CASE_CLOSED" }];
  const service = await startService(({ path }) =>
    path.endsWith("/eligibility-checks") ? [200, { route: "NONE", worker: null, refusals }] : undefined,
  );
  await expect(postDemoBills({ baseUrl: service.baseUrl })).rejects.toThrow(
    /NOT_ELIGIBLE.*CASE_CLOSED GS2026000001/s,
  );
});

test("a wrong secret is an error of the sign-in, and nothing is posted", async () => {
  const service = await startService(({ path }) =>
    path === "/oauth/token" ? [401, { error: "invalid_client" }] : undefined,
  );
  await expect(postDemoBills({ baseUrl: service.baseUrl })).rejects.toThrow(
    "request-token: 401 invalid_client",
  );
  expect(service.calls.every(({ path }) => path === "/oauth/token")).toBe(true);
});

test("a message that met a busy moment is sent again with the same key", async () => {
  const first = bills[0]?.settlement.key;
  const service = await startService(({ key }, calls) => {
    const isFirstTry = key === first && calls.filter((call) => call.key === first).length === 1;
    return isFirstTry ? [503, { code: "BUSY", retryable: true, errors: [] }] : undefined;
  });
  expect(await postDemoBills({ baseUrl: service.baseUrl })).toHaveLength(30);
  expect(service.calls.filter(({ key }) => key === first)).toHaveLength(2);
});

test("a service that does not answer is not waited for without end", async () => {
  const silent = createServer(() => undefined).listen(0, "127.0.0.1");
  servers.push(silent);
  await once(silent, "listening");
  const address = silent.address();
  const port = typeof address === "object" ? address?.port : undefined;
  const url = new URL(`http://127.0.0.1:${port}/v1/hospital/visits/V1`);
  const call = { operation: "get-visit", method: "GET", answer: z.looseObject({}) } as const;
  await expect(callWith("a-token", url, call, 100)).rejects.toThrow("NO_ANSWER");
  silent.closeAllConnections();
});
