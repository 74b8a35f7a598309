import type { BucketConfig } from "../config.ts";
import type { FileStore } from "./file-store.ts";
import { presign } from "./presign.ts";

const READ_LIFETIME_SECONDS = 60;
/** For the first line of the answer, and then for each part of the file: a comparison may take its time in between. */
const SILENCE_MS = 20_000;

/** Waits for work that the bucket must do; what it was asked for is given up where it says nothing for too long. */
async function untilSilent<T>(asked: AbortController, silenceMs: number, work: Promise<T>): Promise<T> {
  const timer = setTimeout(() => asked.abort(new Error("the bucket does not answer in time")), silenceMs);
  try {
    return await work;
  } finally {
    clearTimeout(timer);
  }
}

/** Runs no clock while nobody asks for more. */
async function* endWhenSilent(
  body: ReadableStream<Uint8Array>,
  asked: AbortController,
  silenceMs: number,
): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await untilSilent(asked, silenceMs, reader.read());
      if (done) return;
      yield value;
    }
  } finally {
    asked.abort();
  }
}

/** Files in a bucket of S3. */
export const makeBucket = (bucket: BucketConfig, silenceMs = SILENCE_MS): FileStore => ({
  openUpload: async (key, { bytes, ...terms }) =>
    presign(bucket, { method: "PUT", key, ...terms, contentLength: bytes }),
  read: async (key) => {
    const now = new Date();
    const url = await presign(bucket, { method: "GET", key, now, lifetimeSeconds: READ_LIFETIME_SECONDS });
    const asked = new AbortController();
    const answer = fetch(url, { redirect: "error", signal: asked.signal });
    const response = await untilSilent(asked, silenceMs, answer);
    if (!response.ok || response.body === null) throw new Error(`the bucket answers ${response.status}`);
    return endWhenSilent(response.body, asked, silenceMs);
  },
  remove: async (key) => {
    const now = new Date();
    const url = await presign(bucket, { method: "DELETE", key, now, lifetimeSeconds: READ_LIFETIME_SECONDS });
    const asked = new AbortController();
    const answer = fetch(url, { method: "DELETE", redirect: "error", signal: asked.signal });
    const response = await untilSilent(asked, silenceMs, answer);
    await response.body?.cancel();
    if (!response.ok && response.status !== 404)
      throw new Error(`the bucket answers ${response.status} to a deletion`);
  },
});
