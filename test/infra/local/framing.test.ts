import { once } from "node:events";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { COMMON_HEADERS } from "../../../shared/http/response.ts";
import { type LocalService, startLocalService } from "../../support/local-service.ts";

let service: LocalService;
beforeAll(async () => {
  service = await startLocalService();
});
afterAll(() => service.stop());

/** All that comes back on one connection, byte by byte as it was sent. */
async function exchange(lines: readonly string[]): Promise<string> {
  const socket = connect({ port: service.port, host: "127.0.0.1" });
  let text = "";
  socket.setEncoding("latin1").on("data", (chunk: string) => {
    text += chunk;
  });
  socket.on("error", () => undefined);
  const timer = setTimeout(() => socket.destroy(), 2_000);
  socket.write(lines.join("\r\n"));
  await once(socket, "close");
  clearTimeout(timer);
  return text;
}
const statusesIn = (text: string): string[] =>
  [...text.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status = ""]) => status);

const HIDDEN = ["GET /openapi.json HTTP/1.1", "Host: 127.0.0.1", "", ""];

describe("where a request ends is never a matter of opinion:", () => {
  test("one that is in order is answered, and so is the one after it", async () => {
    const first = ["GET /health HTTP/1.1", "Host: 127.0.0.1", "", ""];
    const last = ["GET /health HTTP/1.1", "Host: 127.0.0.1", "Connection: close", "", ""];
    expect(statusesIn(await exchange([...first.slice(0, -1), ...last]))).toEqual(["200", "200"]);
  });

  test.each([
    ["two lengths", ["Content-Length: 0", "Content-Length: 42"]],
    ["a length beside chunks", ["Content-Length: 4", "Transfer-Encoding: chunked"]],
    ["a space before the colon", ["Transfer-Encoding : chunked"]],
    ["a length that is no number", ["Content-Length: +5"]],
  ])("one with %s is refused, and nothing that follows it is served", async (_what, headers) => {
    const text = await exchange([
      "POST /health HTTP/1.1",
      "Host: 127.0.0.1",
      ...headers,
      "",
      "0",
      "",
      ...HIDDEN,
    ]);
    expect(statusesIn(text)).toEqual(["400"]);
    expect(text).not.toContain('"openapi"');
  });
});

test.each([
  ["400", ["Content-Length: +5"]],
  ["431", [`X-Long: ${"a".repeat(20_000)}`]],
])("what cannot be read as a request is answered %s with the security headers", async (status, headers) => {
  const text = await exchange(["GET /health HTTP/1.1", "Host: 127.0.0.1", ...headers, "", ""]);
  expect(statusesIn(text)).toEqual([status]);
  for (const [name, value] of Object.entries(COMMON_HEADERS))
    expect(text.toLowerCase()).toContain(`\r\n${name}: ${value.toLowerCase()}\r\n`);
});

test.each(["TRACE", "TRACK", "CONNECT", "PROPFIND"])(
  "%s is not served, and sends nothing back",
  async (method) => {
    const text = await exchange([
      `${method} /health HTTP/1.1`,
      "Host: 127.0.0.1",
      "X-Secret: mirrored",
      "Connection: close",
      "",
      "",
    ]);
    expect(text).not.toContain("mirrored");
    expect(statusesIn(text).filter((status) => status.startsWith("2"))).toEqual([]);
  },
);
