import { AsyncLocalStorage } from "node:async_hooks";
import { makeSeededRandom, type SeededRandom } from "../../infra/demo/seeded-random.ts";
import type { CallInput } from "../support/service.ts";
import type { FaultyClient } from "./faulty-client.ts";
import { seedOf } from "./seeds.ts";

/** A call as a client says it. */
export interface Said {
  readonly operationId: string;
  readonly input: CallInput;
}

/** One arrival of a call at a function. A message that is sent twice arrives as two requests. */
export interface Request extends Said {
  readonly requestId: string;
  readonly seed: number;
  readonly random: SeededRandom;
  /** New ids are drawn apart: a retry more or less gives no visit another name. */
  readonly ids: SeededRandom;
  /** The process was killed: nothing of what was still to be done happens. */
  isDead: boolean;
  /** Its way to the tables. */
  client: FaultyClient | undefined;
  /** Writes of it that the store carried out. */
  commits: number;
}

/** What a client hears; nothing where the answer was lost. */
export interface Heard {
  readonly status: number;
  readonly text: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly isReplay: boolean;
}

export function makeRequest({ operationId, input }: Said, requestId: string, seed: number): Request {
  return {
    operationId,
    input,
    requestId,
    seed,
    random: makeSeededRandom(seed),
    ids: makeSeededRandom(seedOf(seed, 1)),
    client: undefined,
    isDead: false,
    commits: 0,
  };
}

/** Which request the code that runs now is part of. */
export const currentRequest = new AsyncLocalStorage<Request>();

export function requestNow(): Request {
  const request = currentRequest.getStore();
  if (request === undefined) throw new Error("a store call outside any request");
  return request;
}
