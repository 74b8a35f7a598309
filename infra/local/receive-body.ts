import type { IncomingMessage } from "node:http";

export type ReceivedBody =
  | { readonly kind: "BODY"; readonly bytes: Buffer }
  | { readonly kind: "TOO_LARGE" }
  | { readonly kind: "TOO_SLOW" };

/** A body of 2 MB takes a second on a poor line. */
const TIME_LIMIT_MS = 20_000;

/**
 * The body of a request, of so many bytes at most. What is larger is given up as soon as that is known, by its announced
 * length if it has one; the server throws the rest away as it comes. Rejects where the caller hangs up.
 */
export function receiveBody(
  request: IncomingMessage,
  limit: number,
  timeLimitMs = TIME_LIMIT_MS,
): Promise<ReceivedBody> {
  if (Number(request.headers["content-length"] ?? 0) > limit) return Promise.resolve({ kind: "TOO_LARGE" });
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const stop = (): void => {
      clearTimeout(timer);
      request.off("data", take).off("end", finish).off("close", hangUp).off("error", hangUp);
    };
    const give = (received: ReceivedBody): void => {
      stop();
      resolve(received);
    };
    const take = (chunk: Buffer): void => {
      bytes += chunk.byteLength;
      if (bytes > limit) give({ kind: "TOO_LARGE" });
      else chunks.push(chunk);
    };
    const finish = (): void => give({ kind: "BODY", bytes: Buffer.concat(chunks) });
    const hangUp = (): void => {
      stop();
      reject(new Error("the caller hung up"));
    };
    const timer = setTimeout(() => give({ kind: "TOO_SLOW" }), timeLimitMs);
    request.on("data", take).once("end", finish).once("close", hangUp).once("error", hangUp);
  });
}
