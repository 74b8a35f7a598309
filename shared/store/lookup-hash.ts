import { createHmac } from "node:crypto";

/** How ID and card numbers are looked up: by keyed hash, so that no key of any item tells a number. */
export type LookupHash = (kind: "ID_NUMBER" | "CARD_NUMBER", value: string) => string;

/** Throws at the first look-up in a function that was given no key. */
export const makeLookupHash =
  (key: string | undefined): LookupHash =>
  (kind, value) => {
    if (key === undefined) throw new Error("LOOKUP_KEY is missing: this function looks nobody up");
    return createHmac("sha256", key).update(`${kind}:${value}`).digest("base64url");
  };
