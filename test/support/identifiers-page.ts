import { readFileSync } from "node:fs";

/** A row of the table in docs/identifiers.md: how an identifier may be written, and how it is kept. */
export interface IdentifierRow {
  readonly name: string;
  readonly rule: string;
  readonly written: string;
  readonly kept: string;
}

export const readIdentifiersPage = (): IdentifierRow[] =>
  [
    ...readFileSync("docs/identifiers.md", "utf8").matchAll(
      /^\| `(\w+)` \|[^|]+\| ([a-z ]+) \| `([^`]+)` \| `([^`]+)` \|$/gm,
    ),
  ].map(([, name = "", rule = "", written = "", kept = ""]) => ({ name, rule, written, kept }));
