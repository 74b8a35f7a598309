import { type Failure, failure } from "../../shared/domain/failures.ts";
import { err, type Result } from "../../shared/domain/result.ts";
import { bodyOfTooManyValues, bodyTooLarge } from "../../shared/http/body-too-large.ts";
import { parseJson } from "../../shared/http/parse-json.ts";
import { bodyLimitOf, type OperationContract } from "./operation.ts";

/** A body as API Gateway hands it over: text of a text-like content type, base64 of any other. */
export interface SentBody {
  readonly body?: string | undefined;
  readonly isBase64Encoded: boolean;
}

/** Decoders put it wherever bytes are no UTF-8; API Gateway has decoded most bodies before we see them. */
export const REPLACEMENT_CHARACTER = "\uFFFD";
/** Some systems begin every file with it; a reader of JSON may pass over it (RFC 8259, 8.1). */
const BYTE_ORDER_MARK = "\uFEFF";

const bytesOf = ({ body = "", isBase64Encoded }: SentBody): number =>
  isBase64Encoded ? Buffer.byteLength(body, "base64") : Buffer.byteLength(body);

function decode({ body = "", isBase64Encoded }: SentBody): string | undefined {
  const text = isBase64Encoded ? Buffer.from(body, "base64").toString("utf8") : body;
  if (text.includes(REPLACEMENT_CHARACTER)) return undefined;
  return text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
}

function readJson(text: string): Result<unknown, Failure> {
  const parsed = parseJson(text);
  switch (parsed.kind) {
    case "VALUE":
      return { ok: true, value: parsed.value };
    case "NOT_JSON":
      return err(failure("BODY_NOT_JSON"));
    case "NAMED_TWICE":
      return err(failure("BODY_FIELD_TWICE"));
    case "TOO_DEEP":
      return err(failure("BODY_TOO_DEEP"));
    case "TOO_MANY_NAMES":
      return err(failure("BODY_TOO_MANY_FIELDS"));
    case "TOO_MANY":
      return err(bodyOfTooManyValues);
  }
}

/**
 * The body of a call, read as JSON; undefined where there is none. Its size is judged before anything in it, and where an
 * operation takes none it is not looked at. What was no UTF-8 when it was sent is refused: decoded all the same, two
 * different messages would become one.
 */
export function readBody(definition: OperationContract, sent: SentBody): Result<unknown, Failure> {
  if (sent.body === undefined || sent.body === "") return { ok: true, value: undefined };
  const limit = bodyLimitOf(definition);
  if (limit === 0) return err(failure("BODY_NOT_TAKEN"));
  if (bytesOf(sent) > limit) return err(bodyTooLarge(limit));
  const text = decode(sent);
  return text === undefined ? err(failure("BODY_NOT_UTF8")) : readJson(text);
}
