import { type Failure, failure } from "../shared/domain/failures.ts";
import { type Result, refuse } from "../shared/domain/result.ts";

/** A list's place, unreadable on purpose: callers hand it back as it came. */
export const toCursor = (place: string): string => Buffer.from(place).toString("base64url");

export const cursorInvalid = failure("CURSOR_INVALID", [
  { pointer: "#query/cursor", code: "CURSOR_INVALID" },
]);

/** The place in a cursor that must look like one of ours. */
export function fromCursor(cursor: string, shape: RegExp): Result<string, Failure> {
  const place = Buffer.from(cursor, "base64url").toString("utf8");
  if (shape.test(place)) return { ok: true, value: place };
  return refuse(cursorInvalid);
}
