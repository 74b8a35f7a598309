import { once } from "node:events";
import { createServer, type Server } from "node:https";
import {
  connect,
  getCACertificates,
  type SecureVersion,
  setDefaultCACertificates,
  type TlsOptions,
} from "node:tls";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { postWebhook } from "../../../shared/webhooks/post-webhook.ts";
import { makeCertificate } from "../../support/certificate.ts";

const trusted = makeCertificate("localhost");
const unknown = makeCertificate("localhost");
const known = getCACertificates("default");
beforeAll(() => setDefaultCACertificates([...known, trusted.cert]));
afterAll(() => setDefaultCACertificates(known));

let server: Server | undefined;
let bodies: string[] = [];
afterEach(() => {
  server?.close();
  bodies = [];
});

async function listen(options: TlsOptions): Promise<number> {
  server = createServer(options, (request, response) => {
    request.setEncoding("utf8").on("data", (chunk: string) => bodies.push(chunk));
    response.end();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

const post = (port: number, name = "localhost") =>
  postWebhook(
    { url: `https://${name}:${port}/`, headers: {}, body: "{}" },
    { allowLocal: true, resolve: async () => [{ address: "127.0.0.1", family: 4 }] },
  );

/** TLS 1.1 is served only by who asks OpenSSL for it. */
const old = { minVersion: "TLSv1" as SecureVersion, ciphers: "DEFAULT@SECLEVEL=0" };

describe("a receiver", () => {
  test("with a certificate of its name from somebody trusted is told", async () => {
    expect(await post(await listen(trusted))).toEqual({ status: 200 });
    expect(bodies).toEqual(["{}"]);
  });

  test("with a certificate that nobody trusted has signed is told nothing", async () => {
    expect(await post(await listen(unknown))).toEqual({ error: "TLS_FAILED" });
    expect(bodies).toEqual([]);
  });

  test("with a certificate of another name is told nothing", async () => {
    expect(await post(await listen(trusted), "127.0.0.1")).toEqual({ error: "TLS_FAILED" });
    expect(bodies).toEqual([]);
  });

  test("that speaks no TLS newer than 1.1 is told nothing", async () => {
    const port = await listen({ ...trusted, ...old, maxVersion: "TLSv1.1" });
    const socket = connect({ port, host: "127.0.0.1", servername: "localhost", ...old });
    await once(socket, "secureConnect");
    expect(socket.getProtocol()).toBe("TLSv1.1");
    socket.destroy();
    expect(await post(port)).toMatchObject({ error: expect.stringMatching(/TLS_FAILED|CONNECTION_FAILED/) });
    expect(bodies).toEqual([]);
  });
});
