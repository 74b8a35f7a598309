import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } from "node:zlib";

const inflaters = [inflateRawSync, inflateSync, gunzipSync, brotliDecompressSync];

/** Bytes unpacked in each way in which they can be; nothing where they are packed in none. */
function* inflated(bytes: Uint8Array): Generator<Buffer> {
  for (const inflate of inflaters) {
    try {
      yield inflate(bytes);
    } catch {
      // Packed in another way, or not at all.
    }
  }
}

/** Deeper than anything is packed. */
const MOST_LAYERS = 3;

/** Stretches that may be bytes in base64; what is shorter holds nothing that was packed. */
const BASE64 = /[A-Za-z0-9+/_-]{16,}={0,2}/g;

/** What bytes say as they are, and unpacked, and what of that is bytes in base64. */
function textsOfBytes(bytes: Buffer, layers: number): string[] {
  const texts = [bytes.toString("utf8"), bytes.toString("utf16le")];
  if (layers === 0) return texts;
  const within = [...inflated(bytes)].flatMap((each) => textsOfBytes(each, layers - 1));
  return [...texts, ...within];
}

function textsOfText(text: string): string[] {
  const bytes = (text.match(BASE64) ?? []).map((stretch) => Buffer.from(stretch, "base64"));
  return [text, ...bytes.flatMap((each) => textsOfBytes(each, MOST_LAYERS))];
}

/** All text of what is stored: of bytes, what they say as they are and inflated, also where they are in base64. */
export function textsOf(value: unknown): string[] {
  if (value instanceof Uint8Array) {
    return textsOfBytes(Buffer.from(value), MOST_LAYERS).flatMap((text) =>
      text.length > 0 ? [text, ...textsOfText(text).slice(1)] : [],
    );
  }
  if (typeof value === "object" && value !== null) return Object.values(value).flatMap(textsOf);
  return textsOfText(String(value));
}
