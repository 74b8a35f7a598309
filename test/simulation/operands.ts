import { ValidationException } from "./errors.ts";
import type { Parsed, Tokens } from "./tokens.ts";
import { copyItem, type Item } from "./values.ts";

/** A way into an item: names, perhaps as `#placeholders`, and positions in lists. */
export type Path = readonly (string | number)[];

export type Operand =
  | { readonly kind: "PATH" | "SIZE"; readonly path: Path }
  | { readonly kind: "VALUE"; readonly name: string };

/** What the placeholders of a request's expressions stand for. */
export interface Scope {
  readonly names: Readonly<Record<string, string>>;
  readonly values: Item;
}

interface Placeholders {
  readonly ExpressionAttributeNames?: Record<string, string> | undefined;
  readonly ExpressionAttributeValues?: Item | undefined;
}

const NONE = {};

/** The scope of a request; every placeholder must be given, and every one given must be used. */
export function scopeOf(request: Placeholders, expressions: readonly (Parsed<unknown> | undefined)[]): Scope {
  const names = request.ExpressionAttributeNames ?? NONE;
  const values =
    request.ExpressionAttributeValues === undefined ? NONE : copyItem(request.ExpressionAttributeValues);
  const isUsed = (placeholder: string): boolean =>
    expressions.some((each) => each?.placeholders.has(placeholder) === true);
  for (const given of [names, values]) {
    for (const placeholder in given) {
      if (!isUsed(placeholder)) throw new ValidationException(`${placeholder} is unused in expressions`);
    }
  }
  for (const expression of expressions) {
    for (const placeholder of expression?.placeholders ?? []) {
      const given = placeholder.startsWith("#") ? names : values;
      if (!Object.hasOwn(given, placeholder)) throw new ValidationException(`${placeholder} is not defined`);
    }
  }
  return { names, values };
}

function parseName(tokens: Tokens): string {
  const name = tokens.next();
  if (!/^(#\w+|[A-Za-z_]\w*)$/.test(name)) throw new ValidationException(`Syntax error: ${name} is no name`);
  return name;
}

export function parsePath(tokens: Tokens): Path {
  const path: (string | number)[] = [parseName(tokens)];
  for (;;) {
    if (tokens.accept(".")) path.push(parseName(tokens));
    else if (tokens.accept("[")) {
      path.push(Number(tokens.next()));
      tokens.expect("]");
    } else return path;
  }
}

export function parseOperand(tokens: Tokens): Operand {
  if (tokens.peek()?.startsWith(":") === true) return { kind: "VALUE", name: tokens.next() };
  if (tokens.peek() !== "size" || tokens.peek(1) !== "(") return { kind: "PATH", path: parsePath(tokens) };
  tokens.next();
  tokens.expect("(");
  const path = parsePath(tokens);
  tokens.expect(")");
  return { kind: "SIZE", path };
}

/** The path with the names that its placeholders stand for. */
export const resolvePath = (path: Path, { names }: Scope): Path =>
  path.map((step) => (typeof step === "string" && step.startsWith("#") ? (names[step] ?? step) : step));

export function stepInto(value: unknown, step: string | number): unknown {
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return undefined;
  if (Array.isArray(value) !== (typeof step === "number")) return undefined;
  return Object.hasOwn(value, step) ? Reflect.get(value, step) : undefined;
}

/** The value at a path; undefined where there is none. */
export function readPath(item: Item, path: Path, scope: Scope): unknown {
  let value: unknown = item;
  for (const step of path) {
    const name = typeof step === "string" && step.startsWith("#") ? (scope.names[step] ?? step) : step;
    value = stepInto(value, name);
    if (value === undefined) return undefined;
  }
  return value;
}

/** What `size` says; of a text it is the number of UTF-16 units, as in JavaScript. */
function sizeOf(value: unknown): number | undefined {
  if (typeof value === "string" || value instanceof Uint8Array || Array.isArray(value)) return value.length;
  return typeof value === "object" && value !== null ? Object.keys(value).length : undefined;
}

export function readOperand(operand: Operand, item: Item, scope: Scope): unknown {
  if (operand.kind === "VALUE") return scope.values[operand.name];
  const value = readPath(item, operand.path, scope);
  return operand.kind === "PATH" ? value : sizeOf(value);
}
