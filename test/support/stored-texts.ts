import { inflateRawSync } from "node:zlib";

/** All text of what is stored: of bytes, what they say as they are and inflated. */
export function textsOf(value: unknown): string[] {
  if (value instanceof Uint8Array) {
    const bytes = Buffer.from(value);
    const texts = [bytes.toString("utf8"), bytes.toString("utf16le")];
    try {
      texts.push(inflateRawSync(bytes).toString("utf8"));
    } catch {
      // Not deflated.
    }
    return texts;
  }
  if (typeof value === "object" && value !== null) return Object.values(value).flatMap(textsOf);
  return [String(value)];
}
