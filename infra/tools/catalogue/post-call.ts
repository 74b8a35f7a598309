import type { OperationContract } from "../../../functions/kit/operation.ts";
import type { Fault } from "../../../shared/domain/failures.ts";
import { adviceOnLoss, explainProblem, isPassing, post, retryAfterMs, toProblem } from "./http-call.ts";
import { type Attempt, type Persistence, persist } from "./persist.ts";
import type { TokenSource } from "./sign-in.ts";

/** One call's content, which stays the same however often it is sent. */
export interface ImportCall {
  /** Of a message; a question has none. */
  readonly key: string | undefined;
  /** JSON. */
  readonly body: string;
}

export type CallOutcome =
  | { readonly kind: "APPLIED"; readonly isReplay: boolean; readonly answer: unknown }
  | {
      readonly kind: "REFUSED";
      readonly status: number;
      readonly why: string;
      readonly faults: readonly Fault[];
    };

export type PostCall = (call: ImportCall) => Promise<CallOutcome>;

/** Gives the function that sends calls of an operation to the service, each until it is answered for good. */
export function makePostCall(
  { path, answer }: Pick<OperationContract, "path" | "answer">,
  serviceUrl: string,
  tokens: TokenSource,
  persistence: Persistence,
): PostCall {
  const url = `${serviceUrl}${path}`;

  return async (call) => {
    let wasRenewed = false;
    const send = async (): Promise<Attempt<CallOutcome>> => {
      const token = await tokens.get();
      const outcome = await post(url, {
        headers: {
          authorization: `Bearer ${token}`,
          "content-type": "application/json",
          ...(call.key === undefined ? {} : { "idempotency-key": call.key }),
        },
        body: call.body,
      });
      if (outcome.kind === "LOST") return { kind: "AGAIN", why: outcome.why, advice: adviceOnLoss };
      const { status, headers, body } = outcome;
      if (status === answer.status) {
        const isReplay = headers.get("idempotency-replayed") === "true";
        return { kind: "DONE", value: { kind: "APPLIED", isReplay, answer: body } };
      }
      if (status === 401 && !wasRenewed) {
        tokens.drop(token);
        wasRenewed = true;
        return send();
      }
      const problem = toProblem(body);
      const why = `${url} ${explainProblem(status, problem)}`;
      if (isPassing(status, problem)) return { kind: "AGAIN", why, pauseMs: retryAfterMs(headers) };
      return { kind: "DONE", value: { kind: "REFUSED", status, why, faults: problem.errors } };
    };
    return persist(persistence, send);
  };
}
