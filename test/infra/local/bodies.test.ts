import { once } from "node:events";
import { Agent, createServer, request as httpRequest, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { operations } from "../../../functions/contract/operations.ts";
import { makeGateway } from "../../../infra/local/gateway.ts";
import { receiveBody } from "../../../infra/local/receive-body.ts";
import { findOperation } from "../../support/api-event.ts";
import { tokenOf } from "../../support/local-client.ts";
import { type LocalService, startLocalService, stateDemoInstitutions } from "../../support/local-service.ts";

let service: LocalService;
beforeAll(async () => {
  service = await startLocalService({ dataDir: "memory" });
  await stateDemoInstitutions(service);
});
afterAll(() => service.stop());

/** What is answered to the head of a request, and to so much of its body as is sent: the connection stays open. */
async function sendPart(port: number, head: readonly string[], part = ""): Promise<string> {
  const socket = connect({ port, host: "127.0.0.1" });
  socket.write([...head, "Host: 127.0.0.1", "", part].join("\r\n"));
  const [answer] = await once(socket, "data");
  socket.destroy();
  return String(answer);
}

describe("a body where an operation takes none", () => {
  test("is refused before it has arrived, by its announced length", async () => {
    for (const { method, path } of operations.filter(
      ({ audience, method: m }) => audience === "public" && m === "GET",
    )) {
      const answer = await sendPart(
        service.port,
        [`${method} ${path} HTTP/1.1`, "Content-Length: 4900000"],
        "[0,",
      );
      expect(answer).toContain("HTTP/1.1 400");
      expect(answer).toContain('"code":"BODY_NOT_TAKEN"');
    }
  });

  test("is refused at its first byte where no length is announced", async () => {
    const head = ["GET /health HTTP/1.1", "Transfer-Encoding: chunked"];
    expect(await sendPart(service.port, head, "1\r\n[\r\n")).toContain('"code":"BODY_NOT_TAKEN"');
  });

  test("is none where it is empty, however that is said", async () => {
    expect(await sendPart(service.port, ["GET /health HTTP/1.1", "Content-Length: 0"])).toContain(" 200 ");
    const chunked = ["GET /health HTTP/1.1", "Transfer-Encoding: chunked"];
    expect(await sendPart(service.port, chunked, "0\r\n\r\n")).toContain(" 200 ");
  });

  test("leaves the connection to the next request, which is answered", async () => {
    const socket = connect({ port: service.port, host: "127.0.0.1" });
    const next = "GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";
    socket.write(
      `GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100000\r\n\r\n${"x".repeat(100_000)}${next}`,
    );
    const answers = await text(socket);
    expect([...answers.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status)).toEqual(["400", "200"]);
  });
});

/** The status of a request whose body goes on being written while it is answered, and whether its connection is an old one. */
async function post(
  agent: Agent,
  headers: Readonly<Record<string, string>>,
  body: string,
): Promise<unknown[]> {
  const { port } = service;
  const target = { host: "127.0.0.1", port, path: "/v1/hospital/visits", method: "POST", headers, agent };
  const sent = httpRequest(target);
  const written = once(sent, "finish");
  sent.end(body);
  const [response] = await once(sent, "response");
  await Promise.all([text(response), written]);
  return [response.statusCode, sent.reusedSocket];
}

test.each([
  ["with its length", { "content-length": "5000000" }],
  ["without its length", { "transfer-encoding": "chunked" }],
])("a body of 5 MB, sent %s, is refused time after time over one connection", async (_what, length) => {
  const authorization = `Bearer ${await tokenOf(service.url, "demo-hospital")}`;
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const body = "x".repeat(5_000_000);
  for (let time = 0; time < 10; time += 1) {
    // Without a token it is refused at once; with one, by its length.
    const headers = time % 2 === 0 ? { ...length, authorization } : length;
    const answer = await post(agent, headers, body);
    expect(answer).toEqual([time % 2 === 0 ? 413 : 401, time > 0]);
  }
  agent.destroy();
});

test("who has no token is told so before the body has arrived", async () => {
  const head = ["POST /v1/hospital/visits HTTP/1.1", "Content-Length: 60000"];
  expect(await sendPart(service.port, head, "{")).toContain("HTTP/1.1 401");
});

test("a body above its operation's limit is refused before it has arrived", async () => {
  const authorization = `Authorization: Bearer ${await tokenOf(service.url, "demo-hospital")}`;
  const head = ["POST /v1/hospital/visits HTTP/1.1", authorization];
  for (const length of ["Content-Length: 65537", "Transfer-Encoding: chunked"]) {
    const chunk = `10001\r\n${"x".repeat(65_537)}\r\n`;
    const answer = await sendPart(service.port, [...head, length], length.startsWith("T") ? chunk : "{");
    expect(answer).toContain('"code":"PAYLOAD_TOO_LARGE"');
  }
});

const chinese = Buffer.from([0xd5, 0xc5, 0xc8, 0xfd]);
const inGbk = Buffer.concat([Buffer.from('{"cardNumber":"'), chinese, Buffer.from('"}')]);

test.each([
  ["JSON", "application/json"],
  ["JSON that says another encoding", "application/json; charset=gbk"],
  ["bytes", "application/octet-stream"],
])("a body in GBK, sent as %s, is refused as not UTF-8", async (_what, type) => {
  const authorization = `Bearer ${await tokenOf(service.url, "demo-hospital")}`;
  const answer = await fetch(`${service.url}/v1/hospital/eligibility-checks`, {
    method: "POST",
    headers: { authorization, "content-type": type },
    body: inGbk,
  });
  expect([answer.status, await answer.json()]).toMatchObject([400, { code: "BODY_NOT_UTF8" }]);
});

test("an address in GBK names its place as not UTF-8", async () => {
  const authorization = `Bearer ${await tokenOf(service.url, "demo-finance")}`;
  const answer = await fetch(`${service.url}/v1/finance/deferred-claims?cursor=%D5%C5`, {
    headers: { authorization },
  });
  expect([answer.status, await answer.json()]).toMatchObject([
    422,
    { errors: [{ pointer: "#query/cursor", code: "NOT_UTF8" }] },
  ]);
});

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

describe("a body that comes byte by byte", () => {
  test("is given up after the time limit with an answer, and the connection with it", async () => {
    const unused = async () => ({ statusCode: 500, headers: {}, body: "" });
    const handlers = {
      hospital: unused,
      enterprise: unused,
      finance: unused,
      agency: unused,
      auditor: unused,
      public: unused,
    };
    const gateway = makeGateway({
      operations: [findOperation("check-eligibility")],
      handlers,
      verifyToken: async () => ({ sub: "x", role: "hospital", institution: "H33030400001" }),
      identityProvider: () => undefined,
      uploads: { serve: async () => undefined },
      bodyTimeLimitMs: 100,
    });
    await once(gateway.listen(0, "127.0.0.1"), "listening");
    const socket = connect({ port: portOf(gateway), host: "127.0.0.1" });
    socket.write(
      "POST /v1/hospital/eligibility-checks HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer x\r\nContent-Length: 50\r\n\r\n{",
    );
    const trickle = setInterval(() => socket.write(" "), 20);
    const answer = await text(socket);
    clearInterval(trickle);
    gateway.close();
    expect(answer).toContain("HTTP/1.1 408");
    expect(answer).toContain('"code":"BODY_TOO_SLOW"');
  });

  test("and ends in the middle is nobody's: there is no one to answer", async () => {
    const received = Promise.withResolvers<unknown>();
    const server = createServer((request) => {
      receiveBody(request, 100).then(received.resolve, received.reject);
    });
    await once(server.listen(0, "127.0.0.1"), "listening");
    const socket = connect({ port: portOf(server), host: "127.0.0.1" });
    socket.end("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\n{");
    await expect(received.promise).rejects.toThrow();
    server.close();
  });
});
