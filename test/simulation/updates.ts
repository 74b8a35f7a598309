import { ItemValidationException, notBuilt, ValidationException } from "./errors.ts";
import {
  type Operand,
  type Path,
  parseOperand,
  parsePath,
  readOperand,
  readPath,
  resolvePath,
  type Scope,
  stepInto,
} from "./operands.ts";
import { remembered, type Tokens } from "./tokens.ts";
import { copyItem, type Item } from "./values.ts";

type Source =
  | { readonly kind: "READ"; readonly operand: Operand }
  | { readonly kind: "IF_NOT_EXISTS"; readonly path: Path; readonly otherwise: Source }
  | { readonly kind: "LIST_APPEND" | "PLUS" | "MINUS"; readonly left: Source; readonly right: Source };

export type Action =
  | { readonly kind: "SET"; readonly path: Path; readonly source: Source }
  | { readonly kind: "ADD"; readonly path: Path; readonly operand: Operand }
  | { readonly kind: "REMOVE"; readonly path: Path };

function parseSource(tokens: Tokens): Source {
  const name = tokens.peek();
  if (tokens.peek(1) !== "(" || (name !== "if_not_exists" && name !== "list_append"))
    return { kind: "READ", operand: parseOperand(tokens) };
  tokens.next();
  tokens.expect("(");
  let source: Source;
  if (name === "if_not_exists") {
    const path = parsePath(tokens);
    tokens.expect(",");
    source = { kind: "IF_NOT_EXISTS", path, otherwise: parseSource(tokens) };
  } else {
    const left = parseSource(tokens);
    tokens.expect(",");
    source = { kind: "LIST_APPEND", left, right: parseSource(tokens) };
  }
  tokens.expect(")");
  return source;
}

function parseSet(tokens: Tokens): Action {
  const path = parsePath(tokens);
  tokens.expect("=");
  const left = parseSource(tokens);
  if (tokens.accept("+"))
    return { kind: "SET", path, source: { kind: "PLUS", left, right: parseSource(tokens) } };
  if (tokens.accept("-"))
    return { kind: "SET", path, source: { kind: "MINUS", left, right: parseSource(tokens) } };
  return { kind: "SET", path, source: left };
}

const clauses: Readonly<Record<string, (tokens: Tokens) => Action>> = {
  SET: parseSet,
  ADD: (tokens) => ({ kind: "ADD", path: parsePath(tokens), operand: parseOperand(tokens) }),
  REMOVE: (tokens) => ({ kind: "REMOVE", path: parsePath(tokens) }),
};

export const parseUpdate = remembered((tokens): readonly Action[] => {
  const actions: Action[] = [];
  const seen = new Set<string>();
  do {
    const clause = tokens.next().toUpperCase();
    if (clause === "DELETE") throw notBuilt("sets, which DELETE takes from");
    const parse = clauses[clause];
    if (parse === undefined || seen.has(clause)) throw new ValidationException(`Syntax error at ${clause}`);
    seen.add(clause);
    do actions.push(parse(tokens));
    while (tokens.accept(","));
  } while (!tokens.isAtEnd());
  return actions;
});

const overlaps = (a: Path, b: Path): boolean =>
  a.slice(0, Math.min(a.length, b.length)).every((step, index) => step === b[index]);

/** Refuses what DynamoDB refuses without looking at the item: keys changed, one place written twice. */
export function checkActions(actions: readonly Action[], keyNames: readonly string[], scope: Scope): void {
  const paths = actions.map(({ path }) => resolvePath(path, scope));
  for (const [name] of paths) {
    if (keyNames.some((each) => each === name))
      throw new ValidationException(`Cannot update attribute ${name}. This attribute is part of the key`);
  }
  if (new Set(paths.map(([name]) => name)).size === paths.length) return;
  for (const [index, path] of paths.entries()) {
    if (paths.slice(index + 1).some((other) => overlaps(path, other)))
      throw new ValidationException("Two document paths overlap with each other");
  }
}

/** JavaScript and DynamoDB agree on whole numbers only: 0.1 + 0.2 is 0.3 there. */
function sum(left: unknown, right: unknown, sign: 1 | -1): number {
  if (typeof left !== "number" || typeof right !== "number")
    throw new ItemValidationException("An operand in the update expression has an incorrect data type");
  const total = left + sign * right;
  if (!Number.isInteger(left) || !Number.isInteger(right) || !Number.isSafeInteger(total))
    throw notBuilt("sums of anything but safe integers");
  return total;
}

function evaluate(source: Source, item: Item, scope: Scope): unknown {
  switch (source.kind) {
    case "READ": {
      const value = readOperand(source.operand, item, scope);
      if (value === undefined)
        throw new ItemValidationException(
          "The expression refers to an attribute that does not exist in the item",
        );
      return value;
    }
    case "IF_NOT_EXISTS": {
      const value = readPath(item, source.path, scope);
      return value === undefined ? evaluate(source.otherwise, item, scope) : value;
    }
    case "LIST_APPEND": {
      const [left, right] = [evaluate(source.left, item, scope), evaluate(source.right, item, scope)];
      if (!Array.isArray(left) || !Array.isArray(right))
        throw new ItemValidationException("An operand in the update expression has an incorrect data type");
      return [...left, ...right];
    }
    case "PLUS":
    case "MINUS":
      return sum(
        evaluate(source.left, item, scope),
        evaluate(source.right, item, scope),
        source.kind === "PLUS" ? 1 : -1,
      );
  }
}

function valueAfter(action: Action, item: Item, scope: Scope): unknown {
  switch (action.kind) {
    case "SET":
      return evaluate(action.source, item, scope);
    case "ADD": {
      // What is missing counts as 0; null does not.
      const [value = 0] = [readPath(item, action.path, scope)];
      return sum(value, readOperand(action.operand, item, scope), 1);
    }
    case "REMOVE":
      return undefined;
  }
}

function write(item: Item, path: Path, value: unknown): void {
  const last = path.at(-1);
  let parent: unknown = item;
  for (const step of path.slice(0, -1)) parent = stepInto(parent, step);
  if (typeof last === "number" && value === undefined) throw notBuilt("REMOVE of a place in a list");
  if (Array.isArray(parent) && typeof last === "number") parent[Math.min(last, parent.length)] = value;
  else if (typeof parent !== "object" || parent === null || Array.isArray(parent) || typeof last !== "string")
    throw new ItemValidationException(
      "The document path provided in the update expression is invalid for update",
    );
  else if (value === undefined) Reflect.deleteProperty(parent, last);
  else Reflect.set(parent, last, value);
}

/** The item after the actions; each reads the item as it was before all of them. */
export function updated(item: Item, actions: readonly Action[], scope: Scope): Item {
  // Items are shared, because nobody changes them; only what lies within an attribute is written in place.
  const next = actions.every(({ path }) => path.length === 1) ? { ...item } : copyItem(item);
  const values = actions.map((action) => valueAfter(action, item, scope));
  for (const [index, { path }] of actions.entries()) write(next, resolvePath(path, scope), values[index]);
  return next;
}
