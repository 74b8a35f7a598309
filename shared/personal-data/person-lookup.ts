import { createHash, createHmac } from "node:crypto";
import { type IdType, identityOf } from "../domain/registry/person-number.ts";
import type { LookupKeys } from "./key-file.ts";

/** How people are found by ID or card number: by keyed hash, so that no key of any item tells a number. */
export interface PersonLookup {
  /** The hashes under which a number is stored: the current key's and, while it is being replaced, the old key's. */
  readonly hashes: (named: NamedPerson) => readonly [string, ...string[]];
  /** Names these keys without telling them. */
  readonly keyNames: () => string;
}

/** A person by one of two numbers. */
export interface NamedPerson {
  readonly idType?: IdType | undefined;
  readonly idNumber?: string | undefined;
  readonly cardNumber?: string | undefined;
}

const textOf = ({ idType = "RESIDENT_ID", idNumber, cardNumber }: NamedPerson): string =>
  idNumber === undefined ? `CARD_NUMBER:${cardNumber ?? ""}` : identityOf({ idType, idNumber });

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
    hashes: (named) => {
      const { current, before } = read();
      const text = textOf(named);
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
