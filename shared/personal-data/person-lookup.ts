import { createHash, createHmac } from "node:crypto";
import type { LookupKeys } from "./key-file.ts";

/** How people are found by ID or card number: by keyed hash, so that no key of any item tells a number. */
export interface PersonLookup {
  /** The hashes under which a number is stored: the current key's and, while it is being replaced, the old key's. */
  readonly hashes: (kind: "ID_NUMBER" | "CARD_NUMBER", value: string) => readonly [string, ...string[]];
  /** Names these keys without telling them. */
  readonly keyNames: () => string;
}

/** A person by one of two numbers. */
export interface NamedPerson {
  readonly idNumber?: string | undefined;
  readonly cardNumber?: string | undefined;
}

/** The hashes of the number that names a person. */
export const hashesOf = ({ hashes }: PersonLookup, { idNumber, cardNumber }: NamedPerson) =>
  idNumber === undefined ? hashes("CARD_NUMBER", cardNumber ?? "") : hashes("ID_NUMBER", idNumber);

const hashWith = (key: string, text: string): string =>
  createHmac("sha256", key).update(text).digest("base64url");

const nameOf = (key: string): string => createHash("sha256").update(key).digest("hex").slice(0, 12);

/** `keys` is asked each time, because keys are replaced while people are looked up. Throws where there are none. */
export function makePersonLookup(keys: () => LookupKeys | undefined): PersonLookup {
  const read = (): LookupKeys => {
    const found = keys();
    if (found === undefined) throw new Error("LOOKUP_KEY is missing: this function looks nobody up");
    return found;
  };
  return {
    hashes: (kind, value) => {
      const { current, before } = read();
      const text = `${kind}:${value}`;
      return before === undefined
        ? [hashWith(current, text)]
        : [hashWith(current, text), hashWith(before, text)];
    },
    keyNames: () => {
      const { current, before } = read();
      return before === undefined ? nameOf(current) : `${nameOf(current)}+${nameOf(before)}`;
    },
  };
}
