import { type Server, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { COMMON_HEADERS } from "../../shared/http/response.ts";

const statusOf: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

function answerOf(code: string | undefined): string {
  const status = statusOf[code ?? ""] ?? 400;
  const headers = Object.entries({ ...COMMON_HEADERS, connection: "close", "content-length": "0" });
  const lines = headers.map(([name, value]) => `${name}: ${value}`);
  return [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines, "", ""].join("\r\n");
}

/**
 * Answers what never becomes a request, because it cannot be read as one. Node would do it by itself, without the
 * headers that every other answer has.
 */
export function answerMalformedRequests(server: Server): void {
  const answering = new WeakSet<Duplex>();
  server.prependListener("request", ({ socket }, response) => {
    answering.add(socket);
    response.once("close", () => answering.delete(socket));
  });
  server.on("clientError", ({ code }: NodeJS.ErrnoException, socket: Duplex) => {
    // Another answer is on its way there, and must not be mixed with this one.
    if (!socket.writable || answering.has(socket) || code === "ECONNRESET") socket.destroy();
    else socket.end(answerOf(code));
  });
}
