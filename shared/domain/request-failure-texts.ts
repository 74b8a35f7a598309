import { final, transient } from "./failure-text.ts";

/** Refusals of what was sent, before it is known what it is about. */
export const requestFailureTexts = {
  BODY_NOT_JSON: final("请求体不是合法的 JSON", "The body is not valid JSON"),
  BODY_NOT_UTF8: final(
    "请求体不是 UTF-8 编码（如为 GBK），或含替换字符 U+FFFD",
    "The body is not UTF-8 (GBK, for example), or has the replacement character U+FFFD in it",
  ),
  BODY_NOT_TAKEN: final("此接口不接受请求体", "This operation takes no body"),
  BODY_TOO_DEEP: final("请求体嵌套超过 32 层", "The body is nested more than 32 levels deep"),
  BODY_TOO_MANY_FIELDS: final(
    "请求体中不同的字段名超过 200 个",
    "The body has more than 200 different names of fields",
  ),
  BODY_TOO_SLOW: transient("请求体未在时限内送达", "The body did not arrive in time"),
  BODY_FIELD_TWICE: final("请求体中有对象两次写了同一字段", "An object of the body names a field twice"),
  INPUT_INVALID: final("请求内容有误，逐项见 errors", "The input has faults; errors names each"),
  PAYLOAD_TOO_LARGE: final("请求体过大", "The body is too large"),
} as const;
