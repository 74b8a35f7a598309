import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { makeBucket } from "../../../shared/files/bucket.ts";

const SILENCE_MS = 300;
const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** A bucket whose objects are answered like this. */
async function openBucket(answer: RequestListener) {
  const server = createServer(answer).listen(0, "127.0.0.1");
  await once(server, "listening");
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  const credentials = { accessKeyId: "test", secretAccessKey: "test", sessionToken: undefined };
  const place = { kind: "BUCKET", url: `http://127.0.0.1:${port}`, region: "local" } as const;
  return makeBucket({ ...place, ...credentials }, SILENCE_MS);
}

async function readAll(bucket: Awaited<ReturnType<typeof openBucket>>, pauseMs = 0): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const part of await bucket.read("reconciliations/H1")) {
    text += decoder.decode(part);
    await wait(pauseMs);
  }
  return text;
}

describe("a file in a bucket", () => {
  it("is read to its end, however long its reader takes over each part", async () => {
    const bucket = await openBucket((_request, response) => {
      response.write("first,");
      setTimeout(() => response.end("last"), 100);
    });
    expect(await readAll(bucket)).toBe("first,last");
    expect(await readAll(bucket, 2 * SILENCE_MS)).toBe("first,last");
  });

  it("is given up where the bucket does not answer in time", async () => {
    const bucket = await openBucket(() => undefined);
    await expect(readAll(bucket)).rejects.toThrow("does not answer in time");
  });

  it("is given up where the bucket falls silent in the middle, and the connection is closed", async () => {
    const closed = Promise.withResolvers<void>();
    const bucket = await openBucket((_request, response) => {
      response.on("close", closed.resolve);
      response.write("first,");
    });
    await expect(readAll(bucket)).rejects.toThrow("does not answer in time");
    await closed.promise;
  });

  it("is hung up on by who needs no more of it", async () => {
    const closed = Promise.withResolvers<void>();
    const bucket = await openBucket((_request, response) => {
      response.on("close", closed.resolve);
      response.write("first,");
    });
    for await (const part of await bucket.read("reconciliations/H1")) {
      expect(part.byteLength).toBeGreaterThan(0);
      break;
    }
    await closed.promise;
  });

  it("that is not there is no file", async () => {
    const bucket = await openBucket((_request, response) => response.writeHead(404).end());
    await expect(readAll(bucket)).rejects.toThrow("404");
  });
});
