import { deflateRawSync, inflateRawSync } from "node:zlib";

/** JSON in a few bytes: charge lines and answers shrink to a tenth, and write units are paid by the kilobyte. */
export const pack = (value: unknown): Uint8Array => packText(JSON.stringify(value));

export function unpack(bytes: Uint8Array): unknown {
  return JSON.parse(unpackText(bytes));
}

export const packText = (text: string): Uint8Array => deflateRawSync(text);
export const unpackText = (bytes: Uint8Array): string => inflateRawSync(bytes).toString("utf8");
