import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import type { LookupFunction } from "node:net";
import type { AttemptError, AttemptOutcome } from "../domain/webhooks/delivery.ts";
import { checkWebhookUrl } from "../domain/webhooks/webhook-url.ts";
import { type Address, type ResolveName, resolveTarget } from "./resolve-target.ts";

export interface WebhookPost {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface PostOptions {
  readonly allowLocal: boolean;
  readonly timeoutMs?: number;
  readonly resolve?: ResolveName;
}

/** From the first question for the name to the first line of the answer. */
const TIMEOUT_MS = 5_000;
const MAX_ANSWER_BYTES = 1_024;
const MAX_HEADER_BYTES = 8_192;

/** Answers every question for the name with what was checked: a name that leads elsewhere meanwhile does not matter. */
const lookupIn =
  (addresses: readonly Address[]): LookupFunction =>
  (_name, options, answer) => {
    const [first] = addresses;
    if (options.all === true || first === undefined) answer(null, [...addresses]);
    else answer(null, first.address, first.family);
  };

function send(
  url: URL,
  addresses: readonly Address[],
  { headers, body }: WebhookPost,
  signal: AbortSignal,
): Promise<number> {
  const request = url.protocol === "https:" ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const outgoing = request(url, {
      method: "POST",
      agent: false,
      signal,
      lookup: lookupIn(addresses),
      maxHeaderSize: MAX_HEADER_BYTES,
      headers: { ...headers, "content-length": String(Buffer.byteLength(body)) },
    });
    outgoing.on("error", reject);
    outgoing.on("response", (answer) => {
      let bytes = 0;
      answer.on("error", () => undefined);
      answer.on("data", (chunk: Buffer) => {
        bytes += chunk.byteLength;
        if (bytes > MAX_ANSWER_BYTES) answer.destroy();
      });
      resolve(answer.statusCode ?? 0);
    });
    outgoing.end(body);
  });
}

const untilAborted = <T>(signal: AbortSignal, work: Promise<T>): Promise<T> =>
  Promise.race([
    work,
    new Promise<never>((_resolve, reject) => {
      signal.addEventListener("abort", () => reject(new Error("time is up")), { once: true });
    }),
  ]);

const failed = (error: AttemptError): AttemptOutcome => ({ error });

/** Codes of OpenSSL and of Node's own check of the name in a certificate. */
const TLS_CODE = /CERT|SSL|TLS|EPROTO|UNABLE_TO|CRL_|HOSTNAME_MISMATCH/;

function errorOf(error: unknown, signal: AbortSignal): AttemptError {
  if (signal.aborted) return "TIMED_OUT";
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return TLS_CODE.test(code) ? "TLS_FAILED" : "CONNECTION_FAILED";
}

/**
 * Posts once and says how it ended; never throws. It calls no address that was not checked, follows no redirect and
 * reads no more than 1 KB of the answer.
 */
export async function postWebhook(post: WebhookPost, options: PostOptions): Promise<AttemptOutcome> {
  const { allowLocal, timeoutMs = TIMEOUT_MS, resolve } = options;
  const url = new URL(post.url);
  if (checkWebhookUrl(url, allowLocal).length > 0) return failed("URL_NOT_ALLOWED");
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const target = await untilAborted(signal, resolveTarget(url, allowLocal, resolve));
    if (!target.ok) return failed(target.failure);
    return { status: await send(url, target.value, post, signal) };
  } catch (error) {
    return failed(errorOf(error, signal));
  }
}
