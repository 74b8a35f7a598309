import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import { createServer as createTcpServer } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { postWebhook } from "../../../shared/webhooks/post-webhook.ts";
import { resolveTarget } from "../../../shared/webhooks/resolve-target.ts";

const servers: { close: () => unknown }[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

function portOf(server: Pick<Server, "address">): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

async function listen(answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, "127.0.0.1");
  await once(server, "listening");
  servers.push({ close: () => server.closeAllConnections() }, server);
  return `http://127.0.0.1:${portOf(server)}/events`;
}

const here = { allowLocal: true };
const post = (url: string, options: Parameters<typeof postWebhook>[1] = here) =>
  postWebhook({ url, headers: { "webhook-id": "V1-1" }, body: '{"名":1}' }, options);

describe("a post", () => {
  it("brings headers and body, and comes back with the status", async () => {
    const seen: unknown[] = [];
    const url = await listen((request, response) => {
      request.setEncoding("utf8");
      let text = "";
      request.on("data", (chunk: string) => {
        text += chunk;
      });
      request.on("end", () => {
        seen.push(request.method, request.headers["webhook-id"], request.headers["content-length"], text);
        response.writeHead(204).end();
      });
    });
    expect(await post(url)).toEqual({ status: 204 });
    expect(seen).toEqual(["POST", "V1-1", "9", '{"名":1}']);
  });

  it("follows no redirect", async () => {
    let calls = 0;
    const url = await listen((_request, response) => {
      calls += 1;
      response.writeHead(307, { location: "/elsewhere" }).end();
    });
    expect(await post(url)).toEqual({ status: 307 });
    expect(calls).toBe(1);
  });

  it("hangs up on an answer without end", async () => {
    let isCut = false;
    const closed = Promise.withResolvers<void>();
    const url = await listen((_request, response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write("x".repeat(600)), 5);
      response.on("close", () => {
        clearInterval(timer);
        isCut = true;
        closed.resolve();
      });
    });
    expect(await post(url)).toEqual({ status: 200 });
    await closed.promise;
    expect(isCut).toBe(true);
  });

  it("gives up on a receiver that does not answer, and on a name that is not found in time", async () => {
    const url = await listen(() => undefined);
    expect(await post(url, { ...here, timeoutMs: 100 })).toEqual({ error: "TIMED_OUT" });
    const never = { allowLocal: false, timeoutMs: 100, resolve: () => new Promise<never>(() => undefined) };
    expect(await post("https://his.example.org/", never)).toEqual({ error: "TIMED_OUT" });
  });

  it("asks for a name no longer than its time, also where nothing is posted yet", async () => {
    const silent = () => new Promise<never>(() => undefined);
    const startedAt = performance.now();
    const target = await resolveTarget(new URL("https://his.example.org/"), false, silent, 100);
    expect(target).toEqual({ ok: false, failure: "NAME_UNKNOWN" });
    expect(performance.now() - startedAt).toBeLessThan(4_000);
  });

  it("says what went wrong on the way", async () => {
    const server = createTcpServer((socket) => socket.destroy()).listen(0, "127.0.0.1");
    await once(server, "listening");
    servers.push(server);
    expect(await post(`http://127.0.0.1:${portOf(server)}/`)).toEqual({ error: "CONNECTION_FAILED" });
    const plain = await listen((_request, response) => response.end());
    expect(await post(plain.replace("http:", "https:"))).toEqual({ error: "TLS_FAILED" });
  });

  it("goes to no address that was not allowed, whatever is in the registration", async () => {
    let calls = 0;
    const url = await listen((_request, response) => {
      calls += 1;
      response.end();
    });
    const strict = { allowLocal: false };
    expect(await post(url, strict)).toEqual({ error: "URL_NOT_ALLOWED" });
    expect(await post(url.replace("http:", "https:"), strict)).toEqual({ error: "ADDRESS_NOT_PUBLIC" });
    const rebound = { ...strict, resolve: async () => [{ address: "127.0.0.1", family: 4 }] };
    expect(await post("https://his.example.org/", rebound)).toEqual({ error: "ADDRESS_NOT_PUBLIC" });
    expect(calls).toBe(0);
  });

  it("goes to the very address that was checked, and does not ask for the name again", async () => {
    const hosts: unknown[] = [];
    const server = createServer((request, response) => {
      hosts.push(request.headers.host);
      response.end();
    }).listen(0, "127.0.0.2");
    await once(server, "listening");
    servers.push(server);
    let questions = 0;
    const resolve = async () => {
      questions += 1;
      return [{ address: "127.0.0.2", family: 4 }];
    };
    // Nothing listens where the machine itself would find the name.
    const url = `http://localhost:${portOf(server)}/`;
    expect(await post(url, { ...here, resolve })).toEqual({ status: 200 });
    expect([hosts, questions]).toEqual([[`localhost:${portOf(server)}`], 1]);
  });
});
