import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { Config } from "../config.ts";
import { makeEndpointAgent } from "./endpoint-agents.ts";

/** The tables by name and the client to reach them: all that a store needs. */
export interface Database {
  readonly client: DynamoDBDocumentClient;
  readonly registry: string;
  readonly ledger: string;
  /** Waits before another attempt: some time up to the longest that is named, by chance. */
  readonly pause: (longestMs: number) => Promise<void>;
  /** Aborted when nobody waits for what is read any more: whatever is read page by page stops there. */
  readonly timeOver?: AbortSignal;
}

const CONNECT_TIMEOUT_MS = 1_000;
const REQUEST_TIMEOUT_MS = 5_000;
const MAX_ATTEMPTS = 3;
/** The time to connect counts from the call: one that had to wait for a free connection would be given up for nothing. */
const MAX_SOCKETS = 256;

const pause = (longestMs: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, Math.random() * longestMs));

/**
 * Connects to DynamoDB, or to the engine at `config.dynamodbEndpoint`. Throttling and time-outs are tried again
 * by the client; conflicts are not, because their retry needs another shard or a new decision.
 */
export function connectDatabase(config: Config): Database {
  const { dynamodbEndpoint: endpoint } = config;
  const httpAgent = endpoint === undefined ? undefined : makeEndpointAgent(endpoint);
  const client = new DynamoDBClient({
    ...(endpoint === undefined ? {} : { endpoint }),
    maxAttempts: MAX_ATTEMPTS,
    requestHandler: {
      connectionTimeout: CONNECT_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      // Without it a hanging request is only remarked upon.
      throwOnRequestTimeout: true,
      httpAgent: httpAgent ?? { keepAlive: true, maxSockets: MAX_SOCKETS },
      httpsAgent: { keepAlive: true, maxSockets: MAX_SOCKETS },
    },
  });
  return {
    client: DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } }),
    registry: config.registryTable,
    ledger: config.ledgerTable,
    pause,
  };
}
