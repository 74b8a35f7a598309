import { createHmac } from "node:crypto";

/** How ID and card numbers are looked up: by keyed hash, so that no key of any item tells a number. */
export type LookupHash = (kind: "ID_NUMBER" | "CARD_NUMBER", value: string) => string;

export const makeLookupHash =
  (key: string): LookupHash =>
  (kind, value) =>
    createHmac("sha256", key).update(`${kind}:${value}`).digest("base64url");
