import { createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";

/** What came in, as any receiver would read it. */
export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly body: ReturnType<typeof JSON.parse>;
  readonly status: number;
}

export interface Receiver {
  readonly url: string;
  readonly received: readonly Received[];
  /** The statuses of the next answers; 200 after them. */
  readonly answerWith: (...statuses: number[]) => void;
  readonly stop: () => Promise<void>;
}

/** Instead of a status: no answer at all. */
export const SILENCE = 0;

/** Whether something came from the holder of the secret, checked as docs/webhooks.md tells receivers to. */
export function isGenuine({ headers, text }: Received, secret: string): boolean {
  const content = [headers["webhook-id"], headers["webhook-timestamp"], text].join(".");
  const digest = createHmac("sha256", secret).update(content).digest("base64");
  return headers["webhook-signature"] === `v1,${digest}`;
}

/** A receiver of webhooks on this machine. */
export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  let statuses: number[] = [];
  const server = createServer((request, response) => {
    let text = "";
    request.setEncoding("utf8");
    request.on("data", (chunk: string) => {
      text += chunk;
    });
    request.on("end", () => {
      const status = statuses.shift() ?? 200;
      received.push({ headers: request.headers, text, body: JSON.parse(text), status });
      if (status !== SILENCE) response.writeHead(status).end();
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return {
    url: `http://127.0.0.1:${address.port}/events`,
    received,
    answerWith: (...next) => {
      statuses = next;
    },
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}
