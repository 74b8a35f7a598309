import { ValidationException } from "./errors.ts";
import {
  type Operand,
  type Path,
  parseOperand,
  parsePath,
  readOperand,
  readPath,
  type Scope,
} from "./operands.ts";
import { remembered, type Tokens } from "./tokens.ts";
import { areEqual, compareValues, type Item, typeOf } from "./values.ts";

const comparators = ["=", "<>", "<", "<=", ">", ">="] as const;
export type Comparator = (typeof comparators)[number];

export type Condition =
  | { readonly kind: "AND" | "OR"; readonly left: Condition; readonly right: Condition }
  | { readonly kind: "NOT"; readonly part: Condition }
  | {
      readonly kind: "COMPARE";
      readonly comparator: Comparator;
      readonly left: Operand;
      readonly right: Operand;
    }
  | { readonly kind: "BETWEEN"; readonly operand: Operand; readonly low: Operand; readonly high: Operand }
  | { readonly kind: "IN"; readonly operand: Operand; readonly options: readonly Operand[] }
  | { readonly kind: "EXISTS" | "NOT_EXISTS"; readonly path: Path }
  | { readonly kind: "BEGINS_WITH" | "CONTAINS" | "TYPE"; readonly path: Path; readonly operand: Operand };

const checks = { attribute_exists: "EXISTS", attribute_not_exists: "NOT_EXISTS" } as const;
const tests = { begins_with: "BEGINS_WITH", contains: "CONTAINS", attribute_type: "TYPE" } as const;

const isKeyOf = <Table extends object>(
  table: Table,
  name: string | undefined,
): name is string & keyof Table => name !== undefined && Object.hasOwn(table, name);

function parseFunction(tokens: Tokens): Condition | undefined {
  const name = tokens.peek();
  if (tokens.peek(1) !== "(" || (!isKeyOf(checks, name) && !isKeyOf(tests, name))) return undefined;
  tokens.next();
  tokens.expect("(");
  const path = parsePath(tokens);
  let condition: Condition;
  if (isKeyOf(checks, name)) condition = { kind: checks[name], path };
  else {
    tokens.expect(",");
    condition = { kind: tests[name], path, operand: parseOperand(tokens) };
  }
  tokens.expect(")");
  return condition;
}

function parseComparison(tokens: Tokens): Condition {
  const operand = parseOperand(tokens);
  if (tokens.accept("BETWEEN")) {
    const low = parseOperand(tokens);
    tokens.expect("AND");
    return { kind: "BETWEEN", operand, low, high: parseOperand(tokens) };
  }
  if (tokens.accept("IN")) {
    const options: Operand[] = [];
    tokens.expect("(");
    do options.push(parseOperand(tokens));
    while (tokens.accept(","));
    tokens.expect(")");
    return { kind: "IN", operand, options };
  }
  const token = tokens.next();
  const comparator = comparators.find((each) => each === token);
  if (comparator === undefined) throw new ValidationException(`Syntax error at ${token}`);
  return { kind: "COMPARE", comparator, left: operand, right: parseOperand(tokens) };
}

const inParentheses = new WeakSet<Condition>();

function parseOne(tokens: Tokens): Condition {
  if (tokens.accept("NOT")) return { kind: "NOT", part: parseOne(tokens) };
  if (tokens.accept("(")) {
    const inner = parseOr(tokens);
    tokens.expect(")");
    if (inParentheses.has(inner)) throw new ValidationException("The expression has redundant parentheses");
    inParentheses.add(inner);
    return inner;
  }
  return parseFunction(tokens) ?? parseComparison(tokens);
}

function parseAnd(tokens: Tokens): Condition {
  let condition = parseOne(tokens);
  while (tokens.accept("AND")) condition = { kind: "AND", left: condition, right: parseOne(tokens) };
  return condition;
}

function parseOr(tokens: Tokens): Condition {
  let condition = parseAnd(tokens);
  while (tokens.accept("OR")) condition = { kind: "OR", left: condition, right: parseAnd(tokens) };
  return condition;
}

export const parseCondition = remembered(parseOr);

/** Whether two values stand so to each other. Against what is missing, only `<>` holds. */
function compares(a: unknown, comparator: Comparator, b: unknown): boolean {
  if (comparator === "<>") return !areEqual(a, b);
  if (a === undefined || b === undefined) return false;
  if (comparator === "=") return areEqual(a, b);
  const order = compareValues(a, b);
  if (order === undefined) return false;
  switch (comparator) {
    case "<":
      return order < 0;
    case "<=":
      return order <= 0;
    case ">":
      return order > 0;
    case ">=":
      return order >= 0;
  }
}

function contains(whole: unknown, part: unknown): boolean {
  if (typeof whole === "string") return typeof part === "string" && whole.includes(part);
  if (whole instanceof Uint8Array)
    return part instanceof Uint8Array && Buffer.from(whole).includes(Buffer.from(part));
  return Array.isArray(whole) && whole.some((each) => areEqual(each, part));
}

function passes(kind: "BEGINS_WITH" | "CONTAINS" | "TYPE", value: unknown, given: unknown): boolean {
  switch (kind) {
    case "BEGINS_WITH":
      return typeof value === "string" && typeof given === "string" && value.startsWith(given);
    case "CONTAINS":
      return contains(value, given);
    case "TYPE":
      return value !== undefined && typeOf(value) === given;
  }
}

/** Whether the condition holds of the item; an item that does not exist is an empty one. */
export function holds(condition: Condition, item: Item, scope: Scope): boolean {
  const read = (operand: Operand): unknown => readOperand(operand, item, scope);
  switch (condition.kind) {
    case "AND":
      return holds(condition.left, item, scope) && holds(condition.right, item, scope);
    case "OR":
      return holds(condition.left, item, scope) || holds(condition.right, item, scope);
    case "NOT":
      return !holds(condition.part, item, scope);
    case "COMPARE":
      return compares(read(condition.left), condition.comparator, read(condition.right));
    case "BETWEEN": {
      const value = read(condition.operand);
      return compares(value, ">=", read(condition.low)) && compares(value, "<=", read(condition.high));
    }
    case "IN": {
      const value = read(condition.operand);
      return condition.options.some((option) => compares(value, "=", read(option)));
    }
    case "EXISTS":
      return readPath(item, condition.path, scope) !== undefined;
    case "NOT_EXISTS":
      return readPath(item, condition.path, scope) === undefined;
    case "BEGINS_WITH":
    case "CONTAINS":
    case "TYPE":
      return passes(condition.kind, readPath(item, condition.path, scope), read(condition.operand));
  }
}

/** Refuses what DynamoDB refuses of the values alone: a range that ends before it begins, an order of no order. */
export function checkOperands(condition: Condition, scope: Scope): void {
  const given = (operand: Operand): unknown =>
    operand.kind === "VALUE" ? scope.values[operand.name] : undefined;
  switch (condition.kind) {
    case "AND":
    case "OR":
      checkOperands(condition.left, scope);
      checkOperands(condition.right, scope);
      return;
    case "NOT":
      checkOperands(condition.part, scope);
      return;
    case "BETWEEN": {
      const [low, high] = [given(condition.low), given(condition.high)];
      if (low === undefined || high === undefined) return;
      const order = compareValues(low, high);
      if (order === undefined || order > 0)
        throw new ValidationException("BETWEEN: the bounds are out of order");
      return;
    }
    case "COMPARE":
      if (condition.comparator === "=" || condition.comparator === "<>") return;
      for (const value of [given(condition.left), given(condition.right)]) {
        if (value !== undefined && !["S", "N", "B"].includes(typeOf(value)))
          throw new ValidationException(`${condition.comparator}: incorrect operand type ${typeOf(value)}`);
      }
      return;
    case "BEGINS_WITH": {
      const prefix = given(condition.operand);
      if (prefix !== undefined && !["S", "B"].includes(typeOf(prefix)))
        throw new ValidationException(`begins_with: incorrect operand type ${typeOf(prefix)}`);
      return;
    }
    case "IN":
    case "EXISTS":
    case "NOT_EXISTS":
    case "CONTAINS":
    case "TYPE":
      return;
  }
}
