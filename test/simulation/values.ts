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

const isNothing = (value: unknown): boolean => value === undefined || typeof value === "function";

/** A map without its undefined members, deep: what the document client would send, and give back. */
export function copyItem(item: Item): Item {
  // A clone of the whole is many times faster than one member after the other.
  let copy: Item = { ...item };
  for (const name in copy) {
    const value = copy[name];
    if (typeof value === "string") continue;
    if (isNothing(value)) {
      const members = Object.entries(item).filter(([, member]) => !isNothing(member));
      copy = Object.fromEntries(members.map(([each, member]) => [each, copyValue(member)]));
      break;
    }
    const own = copyValue(value);
    if (own !== value) copy[name] = own;
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
    return value.filter((part) => !isNothing(part)).map(copyValue);
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

const AFTER_BASIC_UNITS = /[\ud800-\uffff]/;
const SURROGATES_END = 0xe000;
const SURROGATES = 0x800;
const UNITS_AFTER = 0x2000;

/**
 * The text, changed so that `<` puts it where its UTF-8 bytes would: what takes two UTF-16 units goes after all that
 * takes one. Most texts stay as they are.
 */
export function sortable(text: string): string {
  if (!AFTER_BASIC_UNITS.test(text)) return text;
  return text.replace(/[\ud800-\uffff]/g, (character) => {
    const unit = character.charCodeAt(0);
    return String.fromCharCode(unit < SURROGATES_END ? unit + UNITS_AFTER : unit - SURROGATES);
  });
}

export function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Negative, zero or positive; undefined where the two have no order, such as a text and a number. */
export function compareValues(a: unknown, b: unknown): number | undefined {
  if (typeof a === "string" && typeof b === "string") return compareTexts(sortable(a), sortable(b));
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
