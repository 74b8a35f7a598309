import { isTransientError } from "../../shared/transient-error.ts";

/** Nobody listens there, or there is no such machine. */
const UNREACHABLE: readonly unknown[] = ["ECONNREFUSED", "ENOTFOUND", "EHOSTUNREACH", "ENETUNREACH"];

/** Whether nobody listens where an engine should be. */
export const isUnreachable = (error: Error): boolean =>
  ("code" in error && UNREACHABLE.includes(error.code)) ||
  (error instanceof AggregateError &&
    error.errors.some((each) => each instanceof Error && isUnreachable(each)));

/** An engine's name for people: nobody is told where the embedded one listens. */
export const engineName = (endpoint: string): string =>
  URL.parse(endpoint)?.hostname.endsWith(".invalid") === true ? "内嵌 · embedded" : endpoint;

/** Why a command came to nothing, in words for whoever started it; `endpoint` is the engine that they named, if any. */
export function explainEngineFault(error: unknown, endpoint: string | undefined): string {
  if (!(error instanceof Error)) return String(error);
  if (endpoint !== undefined && isUnreachable(error))
    return `无法连接 DYNAMODB_ENDPOINT（${endpoint}），请先启动该引擎 · Cannot reach DYNAMODB_ENDPOINT (${endpoint}); start that engine first`;
  return isTransientError(error)
    ? "数据引擎未及时响应，请稍后再运行 · The database did not answer in time; run it again"
    : error.message;
}
