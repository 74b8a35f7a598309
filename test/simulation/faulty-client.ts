import {
  ThrottlingException,
  TransactionCanceledException,
  TransactionConflictException,
} from "@aws-sdk/client-dynamodb";
import {
  BatchGetCommand,
  DeleteCommand,
  PutCommand,
  QueryCommand,
  TransactGetCommand,
  TransactWriteCommand,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";
import { cutPage, splitBatch } from "./cut-answers.ts";
import type { Send, StoreCommand } from "./send.ts";

export type Fault =
  /** Refused for the rate of requests, before anything happened. */
  | "THROTTLED"
  /** Refused because another transaction holds one of the items. Means nothing for reads outside a transaction. */
  | "CONFLICT"
  /** The request never arrived. */
  | "TIMED_OUT_BEFORE"
  /** The request took effect and its answer was lost. */
  | "LOST_AFTER"
  /** The process dies before it sends the request. */
  | "CRASHED_BEFORE"
  /** The process dies after the request took effect. */
  | "CRASHED_AFTER"
  /** Half of the keys of a BatchGet come back unread. */
  | "UNPROCESSED"
  /** A query's page ends early, with a last key. */
  | "SHORT_PAGE";

export interface Call {
  /** The class of the command, such as `TransactWriteCommand`. */
  readonly name: string;
  readonly isWrite: boolean;
  /** Counts the calls of this client from 0. */
  readonly index: number;
}

export type FaultPlan = (call: Call) => Fault | undefined;

/** The process has died: nothing that it was about to do happens any more. */
export class Crash extends Error {
  override readonly name = "Crash";
}

/** One process's way to the tables. */
export interface FaultyClient {
  readonly send: Send;
  /** After a crash, every further call of the process crashes as well. */
  readonly isDead: () => boolean;
}

const $metadata = {};

const timedOut = (): Error =>
  Object.assign(new Error("the request timed out"), { name: "TimeoutError", $metadata });

const isSingleWrite = (command: StoreCommand): boolean =>
  command instanceof PutCommand || command instanceof UpdateCommand || command instanceof DeleteCommand;

const isTransaction = (command: StoreCommand): command is TransactWriteCommand | TransactGetCommand =>
  command instanceof TransactWriteCommand || command instanceof TransactGetCommand;

function conflictOf(command: StoreCommand, index: number): Error | undefined {
  if (isSingleWrite(command))
    return new TransactionConflictException({
      $metadata,
      message: "Transaction is ongoing for the item",
    });
  if (!isTransaction(command)) return undefined;
  const count = command.input.TransactItems?.length ?? 0;
  const codes = Array.from({ length: count }, (_, position) =>
    position === index % count ? "TransactionConflict" : "None",
  );
  return new TransactionCanceledException({
    $metadata,
    message: `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes.join(", ")}]`,
    CancellationReasons: codes.map((Code) => ({ Code })),
  });
}

/** What is thrown instead of sending the request. */
function refusalOf(fault: Fault | undefined, command: StoreCommand, index: number): Error | undefined {
  if (fault === "THROTTLED") return new ThrottlingException({ $metadata, message: "Rate exceeded" });
  if (fault === "TIMED_OUT_BEFORE") return timedOut();
  return fault === "CONFLICT" ? conflictOf(command, index) : undefined;
}

async function execute(send: Send, command: StoreCommand, fault: Fault | undefined): Promise<object> {
  if (fault === "UNPROCESSED" && command instanceof BatchGetCommand) {
    const { now, later } = splitBatch(command.input);
    const answer = await send(new BatchGetCommand({ ...command.input, RequestItems: now }));
    return Object.keys(later).length === 0 ? answer : { ...answer, UnprocessedKeys: later };
  }
  const answer = await send(command);
  return fault === "SHORT_PAGE" && command instanceof QueryCommand ? cutPage(command.input, answer) : answer;
}

/**
 * Plays the planned faults in front of any tables; a fault that a command cannot meet leaves it alone. `turn` is
 * awaited before and after each call takes effect, so that a scheduler may let other callers go first.
 */
export function makeFaultyClient(
  send: Send,
  plan: FaultPlan,
  turn: () => Promise<void> = () => Promise.resolve(),
): FaultyClient {
  let isDead = false;
  let calls = 0;
  const die = (): never => {
    isDead = true;
    throw new Crash("the process died");
  };
  const takeTurn = async (): Promise<void> => {
    if (isDead) die();
    await turn();
    if (isDead) die();
  };
  const sendFaulty: Send = async (command) => {
    const index = calls;
    calls += 1;
    const isWrite = isSingleWrite(command) || command instanceof TransactWriteCommand;
    const fault = plan({ name: command.constructor.name, isWrite, index });
    await takeTurn();
    if (fault === "CRASHED_BEFORE") die();
    const refusal = refusalOf(fault, command, index);
    const answer = refusal ?? (await execute(send, command, fault));
    if (fault === "CRASHED_AFTER") die();
    await takeTurn();
    if (refusal !== undefined) throw refusal;
    if (fault === "LOST_AFTER") throw timedOut();
    return answer;
  };
  return { send: sendFaulty, isDead: () => isDead };
}
