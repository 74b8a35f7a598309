import { createHmac } from "node:crypto";
import { ID_CHANCES, idOf } from "../domain/ids.ts";
import { identityOf, type PersonNumber } from "../domain/registry/person-number.ts";

/**
 * Ids of workers follow from their numbers, so that a Registry that was lost and is stated anew gives each worker the id
 * that visits, claims and beds in the Ledger name. The key is never replaced: with another one they would all differ.
 */
export interface WorkerIds {
  /** The id of who is stated with a number for the first time; `uses` is how often it was taken from somebody before. */
  readonly idOf: (number: PersonNumber, uses: number) => string;
  /** What the Ledger knows a number by that was corrected; not what people are looked up by. */
  readonly traceOf: (number: PersonNumber) => string;
}

/**
 * `key` is the agency's message key, which it alone has; what is hashed begins unlike any message. Throws in a function that
 * was given none.
 */
export function makeWorkerIds(key: () => string | undefined): WorkerIds {
  const hash = (purpose: string, text: string): Buffer => {
    const found = key();
    if (found === undefined) throw new Error("MESSAGE_KEY is missing: this function states no workers");
    return createHmac("sha256", found).update(`${purpose} ${text}`).digest();
  };
  return {
    idOf: (number, uses) =>
      idOf("W", hash("worker ids", `${uses} ${identityOf(number)}`).subarray(0, ID_CHANCES)),
    traceOf: (number) => hash("worker numbers", identityOf(number)).toString("base64url"),
  };
}
