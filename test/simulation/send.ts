import type {
  BatchGetCommand,
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
  TransactGetCommand,
  TransactWriteCommand,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";

export type StoreCommand =
  | BatchGetCommand
  | DeleteCommand
  | GetCommand
  | PutCommand
  | QueryCommand
  | ScanCommand
  | TransactGetCommand
  | TransactWriteCommand
  | UpdateCommand;

/** The one method of a document client that the store calls. */
export type Send = (command: StoreCommand) => Promise<object>;

/**
 * The store types its answers by the client's overloads, which no plain function can state. The cast is true as far
 * as the store goes: it calls `send` with these commands and nothing else.
 */
export const toClient = (send: Send): DynamoDBDocumentClient =>
  ({ send }) as unknown as DynamoDBDocumentClient;

/** The real client as a plain function, so that faults can be played in front of it. */
export const toSend =
  (client: DynamoDBDocumentClient): Send =>
  (command) =>
    // The overloads take one kind of command each.
    client.send(command as GetCommand);
