import { spawn } from "node:child_process";
import { chmodSync } from "node:fs";
import { connect, createServer } from "node:net";
import { waitUntilListening } from "./engine-address.ts";
import { type ConnectorMessage, ConnectRequest } from "./engine-messages.ts";
import { removeSocketFolder } from "./engine-owner.ts";

/**
 * The one process beside the engine in its network namespace. It starts the engine, makes connections to it and hands
 * them to the service, and lets in commands of the same user by a socket of the file system. Without the service, or
 * without the engine, it ends: none of the three outlives another for long.
 */
const [binary = "", socketPath = "", ...storage] = process.argv.slice(2);

/** Nobody else is in this network: neither the address nor the port has to be drawn. */
const ADDRESS = { host: "127.0.0.1", port: 8000 };
const STOP_TIMEOUT_MS = 4_000;

const say = (message: ConnectorMessage): void => {
  if (process.connected) process.send?.(message, () => undefined);
};

const serve = ["serve", "--host", ADDRESS.host, "--port", String(ADDRESS.port), ...storage];
const engine = spawn(binary, serve, { stdio: ["ignore", "inherit", "inherit"] });
const endEngine = (): void => {
  engine.kill("SIGKILL");
};

engine.once("exit", (code) => process.exit(code ?? 1));
// The service is gone: writes are on disk when they are answered, so the engine may be ended at once.
process.once("disconnect", endEngine);
process.once("exit", () => {
  endEngine();
  if (socketPath !== "") removeSocketFolder(socketPath);
});
process.once("SIGTERM", () => {
  engine.kill("SIGTERM");
  setTimeout(endEngine, STOP_TIMEOUT_MS).unref();
});

function connectFor({ id }: ConnectRequest): void {
  const socket = connect({ ...ADDRESS, noDelay: true });
  const fail = (): void => {
    socket.destroy();
    say({ kind: "NOT_CONNECTED", id });
  };
  socket.once("error", fail);
  socket.once("connect", () => {
    socket.off("error", fail);
    socket.on("error", () => socket.destroy());
    const connected: ConnectorMessage = { kind: "CONNECTED", id };
    if (process.connected) process.send?.(connected, socket, () => undefined);
    else socket.destroy();
  });
}

async function letCommandsIn(path: string): Promise<void> {
  const server = createServer((command) => {
    const connection = connect({ ...ADDRESS, noDelay: true });
    command.pipe(connection).pipe(command);
    for (const [end, other] of [
      [command, connection],
      [connection, command],
    ] as const)
      end.on("error", () => end.destroy()).once("close", () => other.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(path, resolve);
  });
  chmodSync(path, 0o600);
}

await waitUntilListening(ADDRESS, () => undefined);
if (socketPath !== "") await letCommandsIn(socketPath);
process.on("message", (message) => {
  const request = ConnectRequest.safeParse(message);
  if (request.success) connectFor(request.data);
});
say({ kind: "READY", pid: engine.pid ?? 0 });
