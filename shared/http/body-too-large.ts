import type { Expected } from "../domain/expected.ts";
import { type Failure, failure } from "../domain/failures.ts";
import { MAX_VALUES } from "./scan-json.ts";

const tooLarge = (expected: Expected): Failure =>
  failure("PAYLOAD_TOO_LARGE", [{ pointer: "", code: "PAYLOAD_TOO_LARGE", expected }]);

/** Why a body of more bytes than these is not taken. */
export const bodyTooLarge = (limit: number): Failure => tooLarge({ kind: "BYTES", most: String(limit) });

/** Why a body of very many values is not taken, however short they are. */
export const bodyOfTooManyValues: Failure = tooLarge({ kind: "ITEMS", most: String(MAX_VALUES) });
