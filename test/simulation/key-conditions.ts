import type { Comparator, Condition } from "./conditions.ts";
import { ValidationException } from "./errors.ts";
import { type Operand, resolvePath, type Scope } from "./operands.ts";
import { compareTexts, sortable } from "./values.ts";

/** Where a sortable key lies: negative before what is asked for, 0 within, positive after. */
export type Place = (sort: string) => number;

export interface KeyRange {
  readonly partition: string;
  readonly place: Place;
}

const bad = (): Error => new ValidationException("Query key condition not supported");

function* parts(condition: Condition): Generator<Condition> {
  if (condition.kind !== "AND") yield condition;
  else {
    yield* parts(condition.left);
    yield* parts(condition.right);
  }
}

const mirrored = { "=": "=", "<>": "<>", "<": ">", "<=": ">=", ">": "<", ">=": "<=" } as const;

function textOf(operand: Operand, scope: Scope): string {
  const value = operand.kind === "VALUE" ? scope.values[operand.name] : undefined;
  if (typeof value !== "string") throw bad();
  if (value === "")
    throw new ValidationException("One or more parameter values are not valid: a key is empty");
  return value;
}

function nameOf(path: readonly (string | number)[], scope: Scope): string {
  const [name, ...rest] = resolvePath(path, scope);
  if (typeof name !== "string" || rest.length > 0) throw bad();
  return name;
}

function placeBy(comparator: Comparator, given: string): Place {
  const text = sortable(given);
  const compare = (sort: string): number => compareTexts(sort, text);
  switch (comparator) {
    case "=":
      return compare;
    case "<":
      return (sort) => (compare(sort) < 0 ? 0 : 1);
    case "<=":
      return (sort) => (compare(sort) <= 0 ? 0 : 1);
    case ">":
      return (sort) => (compare(sort) > 0 ? 0 : -1);
    case ">=":
      return (sort) => (compare(sort) >= 0 ? 0 : -1);
    case "<>":
      throw bad();
  }
}

interface KeyTest {
  readonly name: string;
  readonly place: Place;
  readonly equals?: string;
}

function toTest(condition: Condition, scope: Scope): KeyTest {
  if (condition.kind === "COMPARE") {
    const isTurned = condition.left.kind === "VALUE";
    const [path, value] = isTurned ? [condition.right, condition.left] : [condition.left, condition.right];
    if (path.kind !== "PATH") throw bad();
    const comparator = isTurned ? mirrored[condition.comparator] : condition.comparator;
    const text = textOf(value, scope);
    const test = { name: nameOf(path.path, scope), place: placeBy(comparator, text) };
    return comparator === "=" ? { ...test, equals: text } : test;
  }
  if (condition.kind === "BETWEEN" && condition.operand.kind === "PATH") {
    const low = sortable(textOf(condition.low, scope));
    const high = sortable(textOf(condition.high, scope));
    const place = (sort: string): number => {
      if (compareTexts(sort, low) < 0) return -1;
      return compareTexts(sort, high) > 0 ? 1 : 0;
    };
    return { name: nameOf(condition.operand.path, scope), place };
  }
  if (condition.kind === "BEGINS_WITH") {
    const prefix = sortable(textOf(condition.operand, scope));
    const place = (sort: string): number => (sort.startsWith(prefix) ? 0 : compareTexts(sort, prefix));
    return { name: nameOf(condition.path, scope), place };
  }
  throw bad();
}

/** The partition and the range of sort keys that a key condition asks for. */
export function toKeyRange(
  condition: Condition,
  keys: { readonly partitionKey: string; readonly sortKey: string },
  scope: Scope,
): KeyRange {
  const tests = [...parts(condition)].map((part) => toTest(part, scope));
  const partition = tests.find(({ name }) => name === keys.partitionKey)?.equals;
  const others = tests.filter(({ name }) => name !== keys.partitionKey);
  if (partition === undefined || tests.length - others.length !== 1 || others.length > 1) throw bad();
  const [sort] = others;
  if (sort !== undefined && sort.name !== keys.sortKey) throw bad();
  return { partition, place: sort?.place ?? (() => 0) };
}
