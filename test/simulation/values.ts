import { notBuilt } from "./errors.ts";

export type Item = Record<string, unknown>;

const isMap = (value: unknown): value is Item => {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};

function copyNumber(value: number): number {
  if (!Number.isFinite(value)) throw new Error(`Special numeric value ${value} is not allowed`);
  if (Math.abs(value) > Number.MAX_SAFE_INTEGER) throw new Error(`Number ${value} is not a safe integer`);
  return value === 0 ? 0 : value;
}

/** A map without its undefined members, deep: what the document client would send, and give back. */
export function copyItem(item: Item): Item {
  const copy: Item = {};
  for (const name in item) {
    const value = item[name];
    if (value !== undefined && typeof value !== "function") copy[name] = copyValue(value);
  }
  return copy;
}

/** A copy that shares nothing with the value; throws where the document client would. */
export function copyValue(value: unknown): unknown {
  if (typeof value === "string" || typeof value === "boolean" || value === null) return value;
  if (typeof value === "number") return copyNumber(value);
  if (isMap(value)) return copyItem(value);
  if (value instanceof Uint8Array) return new Uint8Array(value);
  if (Array.isArray(value)) {
    return value.filter((part) => part !== undefined && typeof part !== "function").map(copyValue);
  }
  if (value instanceof Set || typeof value === "bigint") throw notBuilt("sets and big integers");
  throw new Error(`Unsupported type passed: ${typeof value}`);
}

export type ValueType = "S" | "N" | "BOOL" | "NULL" | "B" | "L" | "M";

export function typeOf(value: unknown): ValueType {
  if (typeof value === "string") return "S";
  if (typeof value === "number") return "N";
  if (typeof value === "boolean") return "BOOL";
  if (value === null) return "NULL";
  if (value instanceof Uint8Array) return "B";
  return Array.isArray(value) ? "L" : "M";
}

export function areEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (a instanceof Uint8Array) return b instanceof Uint8Array && Buffer.compare(a, b) === 0;
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((part, index) => areEqual(part, b[index]));
  }
  if (!isMap(a) || !isMap(b)) return false;
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && areEqual(a[name], b[name]))
  );
}

const isSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdfff;

/** Texts in the order of their UTF-8 bytes: what takes two UTF-16 units comes after everything that takes one. */
export function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    const one = a.charCodeAt(index);
    const other = b.charCodeAt(index);
    if (one === other) continue;
    if (isSurrogate(one) === isSurrogate(other)) return one - other;
    return isSurrogate(one) ? 1 : -1;
  }
  return a.length - b.length;
}

/** Negative, zero or positive; undefined where the two have no order, such as a text and a number. */
export function compareValues(a: unknown, b: unknown): number | undefined {
  if (typeof a === "string" && typeof b === "string") return compareTexts(a, b);
  if (typeof a === "number" && typeof b === "number") return a - b;
  if (a instanceof Uint8Array && b instanceof Uint8Array) return Buffer.compare(a, b);
  return undefined;
}

export const bytesOf = (text: string): number => Buffer.byteLength(text);
const bytesAtMost = (text: string): number => text.length * 3;

const DECIMAL_DIGITS_PER_BYTE = 2;

function sizeOf(value: unknown, textSize: (text: string) => number): number {
  if (typeof value === "string") return textSize(value);
  if (typeof value === "number") return Math.ceil(String(value).length / DECIMAL_DIGITS_PER_BYTE) + 1;
  if (typeof value !== "object" || value === null) return 1;
  if (value instanceof Uint8Array) return value.byteLength;
  let size = 3;
  if (Array.isArray(value)) {
    for (const part of value) size += 1 + sizeOf(part, textSize);
    return size;
  }
  if (isMap(value)) for (const name in value) size += 1 + textSize(name) + sizeOf(value[name], textSize);
  return size;
}

function itemSize(item: Item, textSize: (text: string) => number): number {
  let size = 0;
  for (const name in item) size += textSize(name) + sizeOf(item[name], textSize);
  return size;
}

/** Bytes of an item as DynamoDB counts them, numbers a byte or so off. */
export const sizeOfItem = (item: Item): number => itemSize(item, bytesOf);

/** A bound that is cheaper by far than the size, and mostly says enough. */
export const sizeAtMost = (item: Item): number => itemSize(item, bytesAtMost);
