import {
  ConditionalCheckFailedException,
  DynamoDBServiceException,
  ResourceNotFoundException,
  TransactionCanceledException,
} from "@aws-sdk/client-dynamodb";

const $metadata = {};

/** What DynamoDB says of a request that it does not take; the SDK has no class of its own for it. */
export class ValidationException extends DynamoDBServiceException {
  constructor(message: string) {
    super({ name: "ValidationException", $fault: "client", $metadata, message });
    // The SDK's constructor makes it one of its own class.
    Object.setPrototypeOf(this, new.target.prototype);
  }
}

/**
 * The same of what only the table or the item shows to be wrong, such as a key of the wrong type: in a transaction
 * it is the `ValidationError` of its item, while other faults refuse the request (as recorded from AWS by
 * https://github.com/paritysuite/dynamodb-conformance).
 */
export class ItemValidationException extends ValidationException {}

export const noSuchTable = (): Error =>
  new ResourceNotFoundException({ $metadata, message: "Requested resource not found" });

export const conditionFailed = (): Error =>
  new ConditionalCheckFailedException({ $metadata, message: "The conditional request failed" });

/** A transaction that did not happen, with one code for each of its items, by position. */
export const transactionCancelled = (codes: readonly string[]): Error =>
  new TransactionCanceledException({
    $metadata,
    message: `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes.join(", ")}]`,
    CancellationReasons: codes.map((Code) => ({ Code })),
  });

/** For what DynamoDB can do and the stand-in cannot: a wrong answer would prove something false. */
export const notBuilt = (what: string): Error => new Error(`the stand-in does not know ${what}`);
