import type * as z from "zod/mini";
import type { Fault } from "../domain/failures.ts";

type Issue = z.core.$ZodIssue;

/** A JSON pointer (RFC 6901) below a root such as `""` for the body or `#query` for the query. */
const pointerTo = (root: string, path: readonly PropertyKey[]): string =>
  root + path.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");

function sizeCode(issue: z.core.$ZodIssueTooBig | z.core.$ZodIssueTooSmall): string {
  const isBig = issue.code === "too_big";
  if (issue.origin === "array") return isBig ? "TOO_MANY" : "TOO_FEW";
  if (issue.origin === "string") return isBig ? "TOO_LONG" : "TOO_SHORT";
  return "OUT_OF_RANGE";
}

function codeOf(issue: Issue): string {
  switch (issue.code) {
    case "custom":
      return issue.message;
    case "invalid_type":
      return issue.input === undefined ? "REQUIRED" : "WRONG_TYPE";
    case "too_big":
    case "too_small":
      return sizeCode(issue);
    case "invalid_format":
      return "WRONG_FORMAT";
    case "invalid_value":
      return issue.input === undefined ? "REQUIRED" : "NOT_ALLOWED";
    case "invalid_union":
      return issue.input === undefined ? "REQUIRED" : "WRONG_TYPE";
    case "unrecognized_keys":
      return "UNKNOWN_FIELD";
    case "not_multiple_of":
    case "invalid_key":
    case "invalid_element":
      return "NOT_ALLOWED";
  }
}

/** Of how many unknown fields of one object the places are told. */
const FIELDS_TOLD = 10;

/** Names that are whole numbers come out of an object before all others, so that no place can be told. */
const isIndex = (name: string): boolean => /^\d+$/.test(name);

/** How many fields an object has that no schema knows, and the places of the first of them. */
function fieldsOf(input: unknown, unknown: readonly string[]): NonNullable<Fault["fields"]> {
  const count = unknown.length;
  if (typeof input !== "object" || input === null) return { count, first: [] };
  const names = Object.keys(input);
  if (names.some(isIndex)) return { count, first: [] };
  const told = new Set(unknown.slice(0, FIELDS_TOLD));
  return { count, first: names.flatMap((name, index) => (told.has(name) ? [index + 1] : [])) };
}

/**
 * Every fault that a schema found, with a pointer to each. Pointers have names that the schema knows, and nothing else
 * that was sent: unknown fields are told by the object that has them and by their places in it.
 */
export function toFaults(root: string, issues: readonly Issue[]): Fault[] {
  return issues.map((issue) => {
    const fault = { pointer: pointerTo(root, issue.path), code: codeOf(issue) };
    return issue.code === "unrecognized_keys"
      ? { ...fault, fields: fieldsOf(issue.input, issue.keys) }
      : fault;
  });
}
