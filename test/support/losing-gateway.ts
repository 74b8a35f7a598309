import { once } from "node:events";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";

/** A request as a client sent it. */
export interface SentRequest {
  readonly method: string;
  readonly path: string;
  readonly key: string | undefined;
  readonly body: string;
}

/**
 * What happens to the first request of a kind: it is done and its answer gets `LOST`; the service is `BUSY`, or the
 * gateway `BROKEN`, and nothing is done; a caller that sends more than is allowed is told to `WAIT`.
 */
export type Trouble = "BROKEN" | "BUSY" | "LOST" | "WAIT";

export interface LosingGateway {
  readonly url: string;
  /** Everything that was sent, in its order. */
  readonly sent: readonly SentRequest[];
  readonly stop: () => Promise<void>;
}

const refusalOf = {
  BROKEN: { status: 502, body: "<html>Bad Gateway</html>", headers: { "content-type": "text/html" } },
  BUSY: {
    status: 503,
    body: JSON.stringify({ code: "BUSY", retryable: true }),
    headers: { "content-type": "application/problem+json", "retry-after": "1" },
  },
  WAIT: {
    status: 429,
    body: JSON.stringify({ code: "TOO_MANY_REQUESTS", retryable: true }),
    headers: { "content-type": "application/problem+json", "retry-after": "1" },
  },
} as const;

async function readBody(incoming: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(Buffer.from(part));
  return Buffer.concat(parts);
}

function forward(target: URL, incoming: IncomingMessage, body: Buffer): Promise<IncomingMessage> {
  const { method, url: path, headers } = incoming;
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const { hostname: host, port } = target;
  const forwarded = { ...headers, host: target.host, "content-length": String(body.byteLength) };
  request({ host, port, method, path, headers: forwarded }, resolve).on("error", reject).end(body);
  return promise;
}

/**
 * A gateway in front of a service, in which the first request to each path that ends as `troubles` says meets that trouble.
 * Every other request is passed on, and its answer passed back as it is.
 */
export async function startLosingGateway(
  serviceUrl: string,
  troubles: Readonly<Record<string, Trouble>>,
): Promise<LosingGateway> {
  const sent: SentRequest[] = [];
  const waiting = new Map(Object.entries(troubles));
  const takeTrouble = (path: string): Trouble | undefined => {
    const end = [...waiting.keys()].find((each) => path.endsWith(each)) ?? "";
    const trouble = waiting.get(end);
    waiting.delete(end);
    return trouble;
  };
  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const { method = "GET", url: path = "/", headers } = incoming;
    const body = await readBody(incoming);
    sent.push({ method, path, key: headers["idempotency-key"]?.toString(), body: body.toString() });
    const trouble = takeTrouble(path);
    if (trouble !== undefined && trouble !== "LOST") {
      const { status, body: text, headers: named } = refusalOf[trouble];
      outgoing.writeHead(status, named).end(text);
      return;
    }
    const answered = await forward(new URL(serviceUrl), incoming, body);
    const text = await readBody(answered);
    if (trouble === "LOST") {
      outgoing.destroy();
      return;
    }
    outgoing.writeHead(answered.statusCode ?? 500, answered.headers).end(text);
  };
  const server = createServer((incoming, outgoing) => {
    answer(incoming, outgoing).catch(() => outgoing.destroy());
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    sent,
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}
