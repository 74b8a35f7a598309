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

/** Every fault that a schema found, with a pointer to each; unknown fields one by one. */
export function toFaults(root: string, issues: readonly Issue[]): Fault[] {
  return issues.flatMap((issue) => {
    const code = codeOf(issue);
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map((key) => ({ pointer: pointerTo(root, [...issue.path, key]), code }));
    }
    return [{ pointer: pointerTo(root, issue.path), code }];
  });
}
