import { Agent, request as httpRequest } from "node:http";
import type { HttpAnswer } from "../support/contract.ts";
import type { WireRequest } from "./draw-request.ts";

export interface WireAnswer extends HttpAnswer {
  readonly durationMs: number;
}

const LIMIT_MS = 30_000;
const agent = new Agent({ keepAlive: true, maxSockets: 4 });

/** The server closes what was idle for some seconds, and may do so just as it is used again: nothing was read then. */
class ClosedWhileIdle extends Error {}

/**
 * Sends a request as it stands: unlike fetch, nothing is tidied up on the way. Throws where no answer came; a
 * connection that was closed while it was idle is no answer, and the request goes over a new one.
 */
export async function sendWire(url: string, request: WireRequest): Promise<WireAnswer> {
  try {
    return await sendOnce(url, request, agent);
  } catch (error) {
    if (error instanceof ClosedWhileIdle) return sendOnce(url, request, false);
    throw error;
  }
}

function sendOnce(
  url: string,
  { method, target, headers, body }: WireRequest,
  by: Agent | false,
): Promise<WireAnswer> {
  const { hostname, port } = new URL(url);
  const startedAt = performance.now();
  const length = body === undefined ? {} : { "content-length": Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    const sent = httpRequest(
      {
        hostname,
        port,
        method,
        path: target,
        headers: { ...headers, ...length },
        agent: by,
        timeout: LIMIT_MS,
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () => {
          const pairs = Object.entries(response.headers).map(([name, value]) => [name, String(value)]);
          resolve({
            statusCode: response.statusCode ?? 0,
            headers: Object.fromEntries(pairs),
            body: Buffer.concat(chunks).toString("utf8"),
            durationMs: performance.now() - startedAt,
          });
        });
      },
    );
    sent.on("timeout", () => sent.destroy(new Error(`no answer within ${LIMIT_MS} ms`)));
    sent.on("error", (error: NodeJS.ErrnoException) => {
      const isOld = sent.reusedSocket && (error.code === "ECONNRESET" || error.code === "EPIPE");
      reject(isOld ? new ClosedWhileIdle() : error);
    });
    sent.end(body);
  });
}
