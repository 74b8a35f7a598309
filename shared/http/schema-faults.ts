import type * as z from "zod/mini";
import { $ZodObject } from "zod/v4/core";
import type { Expected } from "../domain/expected.ts";
import type { Fault } from "../domain/failures.ts";
import { findNearName } from "./near-names.ts";

type Issue = z.core.$ZodIssue;

/** What begins the message of an issue of unknown fields: the names that the schema knows come after it. */
const KNOWN_FIELDS = "KNOWN ";

/** How a schema is asked, for its faults to say all that they can. */
export const FOR_FAULTS: z.core.ParseContext<Issue> = {
  reportInput: true,
  error: ({ code, inst }) =>
    code === "unrecognized_keys" && inst instanceof $ZodObject
      ? KNOWN_FIELDS + Object.keys(inst._zod.def.shape).join(" ")
      : undefined,
};

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

const isExpected = (value: unknown): value is Expected =>
  typeof value === "object" && value !== null && "kind" in value;

const sizesOf = { array: "ITEMS", string: "CHARACTERS" } as const;
const isSized = (origin: string): origin is keyof typeof sizesOf => Object.hasOwn(sizesOf, origin);

function limitOf(issue: z.core.$ZodIssueTooBig | z.core.$ZodIssueTooSmall): Expected {
  const kind = isSized(issue.origin) ? sizesOf[issue.origin] : "NUMBER";
  return issue.code === "too_big"
    ? { kind, most: String(issue.maximum) }
    : { kind, least: String(issue.minimum) };
}

function typesOf(issues: readonly Issue[]): Expected | undefined {
  const types = issues.flatMap((issue) => (issue.code === "invalid_type" ? [issue.expected] : []));
  return types.length === 0 ? undefined : { kind: "TYPES", types: [...new Set(types)] };
}

function formOf(message: string): Expected | undefined {
  const [zh = "", en] = message.split(" · ");
  return en === undefined ? undefined : { kind: "FORM", zh, en };
}

/** What a schema takes where it found an issue; undefined where its code says so. */
function expectedOf(issue: Issue): Expected | undefined {
  switch (issue.code) {
    case "custom":
      return isExpected(issue.params?.expected) ? issue.params.expected : undefined;
    case "invalid_type":
      return typesOf([issue]);
    case "invalid_union":
      return typesOf(issue.errors.flat());
    case "too_big":
    case "too_small":
      return limitOf(issue);
    case "invalid_format":
      return formOf(issue.message);
    case "invalid_value":
      return { kind: "VALUES", values: issue.values.map(String) };
    case "unrecognized_keys":
    case "not_multiple_of":
    case "invalid_key":
    case "invalid_element":
      return undefined;
  }
}

/** Of how many unknown fields of one object the places are told. */
const FIELDS_TOLD = 10;

/** Names that are whole numbers come out of an object before all others, so that no place can be told. */
const isIndex = (name: string): boolean => /^\d+$/.test(name);

/** How many fields an object has that no schema knows, and the places of the first of them. */
function fieldsOf({
  input,
  keys: unknown,
  message,
}: z.core.$ZodIssueUnrecognizedKeys): NonNullable<Fault["fields"]> {
  const count = unknown.length;
  if (input === undefined) return { count, first: [] };
  const names = Object.keys(input);
  if (names.some(isIndex)) return { count, first: [] };
  const told = new Set(unknown.slice(0, FIELDS_TOLD));
  const places = names.flatMap((name, index) => (told.has(name) ? [{ name, place: index + 1 }] : []));
  const first = places.map(({ place }) => place);
  const known = message.startsWith(KNOWN_FIELDS) ? message.slice(KNOWN_FIELDS.length).split(" ") : [];
  const missing = known.filter((name) => !Object.hasOwn(input, name));
  const near = places.flatMap(({ name, place }) => {
    const meant = findNearName(name, missing);
    return meant === undefined ? [] : [{ place, name: meant }];
  });
  return near.length === 0 ? { count, first } : { count, first, near };
}

/**
 * Every fault that a schema found, with a pointer to each. Pointers have names that the schema knows, and nothing else
 * that was sent: unknown fields are told by the object that has them and by their places in it, with the name of the schema that
 * one of them may have meant.
 */
export function toFaults(root: string, issues: readonly Issue[]): Fault[] {
  return issues.map((issue) => {
    const fault = { pointer: pointerTo(root, issue.path), code: codeOf(issue) };
    if (issue.code === "unrecognized_keys") return { ...fault, fields: fieldsOf(issue) };
    const expected = expectedOf(issue);
    return expected === undefined ? fault : { ...fault, expected };
  });
}
