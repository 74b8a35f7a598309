import { Ajv2020 } from "ajv/dist/2020.js";
import { makeOpenapi } from "../../functions/contract/openapi.ts";
import { operations } from "../../functions/contract/operations.ts";
import type { OperationContract } from "../../functions/kit/operation.ts";

/** An HTTP answer as handlers give it; header names in lower case. */
export interface HttpAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const contract = makeOpenapi(operations);

/** The two formats that answers use, as RFC 3339 has them. */
const formats = {
  date: /^\d{4}-\d{2}-\d{2}$/,
  "date-time": /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/,
};
// Not strict: the document has much that is no schema, and bounds where strings and numbers are both allowed.
const ajv = new Ajv2020({ strict: false, allErrors: true, formats });
ajv.addSchema(contract, "contract");

const toPointer = (path: readonly string[]): string =>
  path.map((part) => `/${encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1"))}`).join("");

/** Why a value does not conform to the schema at a place of the document; undefined where it does. */
export function findSchemaFault(path: readonly string[], value: unknown): string | undefined {
  const validate = ajv.getSchema(`contract#${toPointer(path)}`);
  if (validate === undefined) throw new Error(`the contract has no schema at ${path.join(" ")}`);
  return validate(value) === true ? undefined : ajv.errorsText(validate.errors, { dataVar: "body" });
}

/** What the contract says of an operation. */
function findContracted(operation: OperationContract) {
  const method = operation.method.toLowerCase();
  const item = Object.entries(contract.paths[operation.path] ?? {});
  return item.find(([each, { operationId }]) => each === method && operationId === operation.id)?.[1];
}

function findFault(operation: OperationContract, answer: HttpAnswer): string | undefined {
  const { statusCode, headers, body } = answer;
  const responses = findContracted(operation)?.responses;
  if (responses === undefined) return "the contract does not have the operation";
  const status = String(statusCode);
  const response = responses[status];
  if (response === undefined) return `status ${status} is not in the contract: ${body}`;
  const [mediaType] = (headers["content-type"] ?? "").split(";");
  if (mediaType === undefined || response.content[mediaType] === undefined) {
    return `media type ${mediaType} is not in the contract for ${status}`;
  }
  if (
    headers["idempotency-replayed"] !== undefined &&
    response.headers?.["Idempotency-Replayed"] === undefined
  ) {
    return `Idempotency-Replayed is not in the contract for ${status}`;
  }
  const value: unknown = mediaType.endsWith("json") ? JSON.parse(body) : body;
  const method = operation.method.toLowerCase();
  const place = ["paths", operation.path, method, "responses", status, "content", mediaType, "schema"];
  const fault = findSchemaFault(place, value);
  return fault === undefined ? undefined : `${fault}: ${body}`;
}

/**
 * Fails unless an answer conforms to the document: its status, its media type, its body, and of a refusal its code.
 * Called with every answer that a test gets, it fails the test when the document and a handler disagree.
 */
export function checkAnswer(operation: OperationContract, answer: HttpAnswer): void {
  const fault = findFault(operation, answer);
  if (fault !== undefined) throw new Error(`${operation.id} breaks its contract: ${fault}`);
}
