import { Agent, type ClientRequest, type ClientRequestArgs } from "node:http";
import { connect, Socket } from "node:net";
import type { Duplex } from "node:stream";
import { MAX_SOCKETS } from "../../shared/store/kit/endpoint-agents.ts";

declare module "node:http" {
  interface Agent {
    /** Not in Node's documents, but what `http.request` calls, and what many agents override. */
    addRequest(request: ClientRequest, options: object): void;
  }
}

/** Opens a connection to the engine; rejects where there is none to be had. */
export type Dial = () => Promise<Socket>;

/** Nobody knows the engine's address: what it is asked goes by connections that somebody else opens. */
class DialledAgent extends Agent {
  readonly #dial: Dial;
  readonly #waiting: (() => void)[] = [];
  #active = 0;

  constructor(dial: Dial) {
    super({ keepAlive: true, maxSockets: MAX_SOCKETS });
    this.#dial = dial;
  }

  /** Node counts no connection that is still being made, so the requests are counted here. */
  override addRequest(request: ClientRequest, options: object): void {
    const start = (): void => {
      this.#active += 1;
      // Right after "close" the connection is free again, for the request that waits.
      request.once("close", () => process.nextTick(() => this.#release()));
      super.addRequest(request, options);
    };
    if (this.#active < MAX_SOCKETS) start();
    else this.#waiting.push(start);
  }

  #release(): void {
    this.#active -= 1;
    this.#waiting.shift()?.();
  }

  override createConnection(
    _options: ClientRequestArgs,
    callback?: (error: Error | null, socket: Duplex) => void,
  ): undefined {
    this.#dial().then(
      (socket) => callback?.(null, socket),
      // Node does not look at the socket where there is an error.
      (error: Error) => callback?.(error, new Socket()),
    );
  }
}

export const makeDialledAgent = (dial: Dial): Agent => new DialledAgent(dial);

class SocketAgent extends Agent {
  readonly #path: string;

  constructor(path: string) {
    super({ keepAlive: true, maxSockets: MAX_SOCKETS });
    this.#path = path;
  }

  override createConnection(): Socket {
    return connect(this.#path);
  }
}

/** An agent whose connections all go to a socket of the file system. */
export const makeSocketAgent = (path: string): Agent => new SocketAgent(path);
