import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { Config } from "../../config.ts";
import { MAX_SOCKETS, makeEndpointAgent } from "./endpoint-agents.ts";

/** The tables by name and the client to reach them: all that a store needs. */
export interface Database {
  readonly client: DynamoDBDocumentClient;
  readonly registry: string;
  readonly ledger: string;
  /** Waits before another attempt: some time up to the longest that is named, by chance. */
  readonly pause: (longestMs: number) => Promise<void>;
  /** Aborted when nobody waits for what is read any more: whatever is read page by page stops there. */
  readonly signal?: AbortSignal;
}

/** How long a request is waited for, and how often it is made. */
interface Patience {
  readonly connectMs: number;
  readonly requestMs: number;
  readonly attempts: number;
}

/** A caller waits for the answer. */
const OF_A_FUNCTION: Patience = { connectMs: 1_000, requestMs: 5_000, attempts: 3 };
/** A command has time, and the machine may be busy with the service. */
export const OF_A_COMMAND: Patience = { connectMs: 10_000, requestMs: 30_000, attempts: 6 };

const pause = (longestMs: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, Math.random() * longestMs));

/**
 * Connects to DynamoDB, or to the engine at `config.dynamodbEndpoint`. Throttling and time-outs are tried again
 * by the client; conflicts are not, because their retry needs another shard or a new decision.
 */
export function connectDatabase(config: Config, patience = OF_A_FUNCTION): Database {
  const { dynamodbEndpoint: endpoint } = config;
  const httpAgent = endpoint === undefined ? undefined : makeEndpointAgent(endpoint);
  const client = new DynamoDBClient({
    ...(endpoint === undefined ? {} : { endpoint }),
    maxAttempts: patience.attempts,
    requestHandler: {
      connectionTimeout: patience.connectMs,
      requestTimeout: patience.requestMs,
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
