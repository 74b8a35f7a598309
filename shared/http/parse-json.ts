import { scanJson } from "./scan-json.ts";

export type ParsedJson =
  | { readonly kind: "VALUE"; readonly value: unknown }
  | { readonly kind: "NOT_JSON" }
  /** An object names a field twice: readers differ in which of the two they take. */
  | { readonly kind: "NAMED_TWICE" }
  /** More levels than any message has. */
  | { readonly kind: "TOO_DEEP" }
  /** More values than any message has. */
  | { readonly kind: "TOO_MANY" }
  /** More different names of fields than any message has. */
  | { readonly kind: "TOO_MANY_NAMES" };

/** How many names of fields a value of limited depth has, at every level. */
function countNames(value: object): number {
  const isList = Array.isArray(value);
  const parts: readonly unknown[] = isList ? value : Object.values(value);
  let count = isList ? 0 : parts.length;
  for (const part of parts) if (typeof part === "object" && part !== null) count += countNames(part);
  return count;
}

/**
 * Reads JSON, in time that grows with its length and nothing else. A number literal of more than 15 significant digits
 * comes out as the text that was sent. Half a character, such as `"\ud800"`, is no text that could be stored or sent on,
 * and so no JSON here (RFC 7493, 2.1). Nor may an object name a field twice (RFC 7493, 2.3).
 */
export function parseJson(text: string): ParsedJson {
  const scan = scanJson(text);
  if (scan.fault === "HALF_CHARACTER") return { kind: "NOT_JSON" };
  if (scan.fault !== undefined) return { kind: scan.fault };
  try {
    const value: unknown = JSON.parse(scan.text);
    const names = typeof value === "object" && value !== null ? countNames(value) : 0;
    return scan.names > names ? { kind: "NAMED_TWICE" } : { kind: "VALUE", value };
  } catch {
    return { kind: "NOT_JSON" };
  }
}
