import { ValidationException } from "./errors.ts";

const TOKEN = /\s*([#:]?[A-Za-z0-9_]+|<>|<=|>=|[=<>()+\-,.[\]])/y;

function split(text: string): string[] {
  const tokens: string[] = [];
  const end = text.trimEnd().length;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < end) {
    const from = TOKEN.lastIndex;
    const token = TOKEN.exec(text)?.[1];
    if (token === undefined) throw new ValidationException(`Syntax error at ${text.slice(from, from + 10)}`);
    tokens.push(token);
  }
  return tokens;
}

/** An expression's tokens, read from the left, with the placeholders that were read. */
export interface Tokens {
  readonly peek: (ahead?: number) => string | undefined;
  readonly next: () => string;
  /** Takes the token if it is the next; keywords in any case. */
  readonly accept: (token: string) => boolean;
  readonly expect: (token: string) => void;
  readonly isAtEnd: () => boolean;
}

function readTokens(text: string): Tokens {
  const tokens = split(text);
  let position = 0;
  const peek = (ahead = 0): string | undefined => tokens[position + ahead];
  const next = (): string => {
    const token = tokens[position];
    if (token === undefined) throw new ValidationException(`Syntax error: ${text} ends too early`);
    position += 1;
    return token;
  };
  const accept = (token: string): boolean => {
    const isNext = peek()?.toUpperCase() === token;
    if (isNext) position += 1;
    return isNext;
  };
  const expect = (token: string): void => {
    if (!accept(token)) throw new ValidationException(`Syntax error: ${token} expected in ${text}`);
  };
  return { peek, next, accept, expect, isAtEnd: () => position === tokens.length };
}

/** A parsed expression with the placeholders that it uses. */
export interface Parsed<Tree> {
  readonly tree: Tree;
  readonly placeholders: ReadonlySet<string>;
}

/** A parser that reads every text once, however often it is asked. */
export function remembered<Tree>(parse: (tokens: Tokens) => Tree): (text: string) => Parsed<Tree> {
  const parsed = new Map<string, Parsed<Tree>>();
  return (text) => {
    const known = parsed.get(text);
    if (known !== undefined) return known;
    const tokens = readTokens(text);
    const tree = parse(tokens);
    if (!tokens.isAtEnd()) throw new ValidationException(`Syntax error at ${tokens.peek()} in ${text}`);
    const result = { tree, placeholders: new Set(split(text).filter((token) => /^[#:]/.test(token))) };
    parsed.set(text, result);
    return result;
  };
}
