import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { connect, createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { retry } from "../../shared/retry.ts";

export interface EngineAddress {
  readonly host: string;
  readonly port: number;
}

export const endpointOf = ({ host, port }: EngineAddress): string => `http://${host}:${port}`;

const readiness = { attempts: 200, firstPauseMs: 25, longestPauseMs: 25, pause };

async function isListening({ host, port }: EngineAddress): Promise<boolean> {
  const socket = connect(port, host);
  try {
    await once(socket, "connect");
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

/** Waits until an engine listens; throws what `findFailure` says as soon as it says something, or after five seconds. */
export async function waitUntilListening(
  address: EngineAddress,
  findFailure: () => Error | undefined,
): Promise<void> {
  const done = await retry(readiness, async () => {
    const failure = findFailure();
    if (failure !== undefined) throw failure;
    return (await isListening(address)) ? "LISTENING" : "AGAIN";
  });
  if (done === "AGAIN") throw new Error("the engine does not answer");
}

/**
 * The engine asks nobody who calls, and lets every web page read its answers. Where it cannot have a network of its own
 * (engine-namespace.ts), its address is drawn anew for each start, out of the sixteen million of this machine itself
 * (127.0.0.0/8): a page that would try addresses and ports out has some 400,000,000,000 of them before it.
 */
function drawHost(): string {
  for (;;) {
    const [a = 0, b = 0, c = 0] = randomBytes(3);
    // Not the addresses that are taken for this machine's own name, nor a network's first and last.
    if (c > 1 && c < 255) return `127.${a}.${b}.${c}`;
  }
}

async function findFreePort(host: string): Promise<number> {
  const server = createServer().listen(0, host);
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no free port");
  return address.port;
}

/** An address of this machine that only its own user is told of, and a port that is free there. */
export async function drawAddress(): Promise<EngineAddress> {
  const host = drawHost();
  return { host, port: await findFreePort(host) };
}
