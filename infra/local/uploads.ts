import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import { failure } from "../../shared/domain/failures.ts";
import { limitBytes, TooManyBytes } from "../../shared/files/limit-bytes.ts";
import { fileOf, findUploadKey } from "../../shared/files/upload-signature.ts";
import { refusal } from "../../shared/http/response.ts";

/** Of what comes over the wire; the comparison limits what is in it. */
const MAX_UPLOAD_BYTES = 500_000_000;

export interface UploadOptions {
  readonly directory: string;
  /** Signs upload URLs; the functions have the same one. */
  readonly key: string;
  /** What a bucket's event starts on AWS. */
  readonly onUploaded: (key: string) => Promise<void>;
}

function refuse(
  response: ServerResponse,
  code: "FORBIDDEN" | "METHOD_NOT_ALLOWED" | "PAYLOAD_TOO_LARGE",
): void {
  const { statusCode, headers, body } = refusal(failure(code), randomUUID());
  response.writeHead(statusCode, { ...headers, connection: "close" }).end(body);
}

export interface Uploads {
  /** Takes one file under a URL that was given out for it. */
  readonly serve: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  /** Waits for what the uploads so far have started. */
  readonly settle: () => Promise<void>;
}

/** What a bucket does on AWS: takes files under signed URLs, and tells of each when it has arrived whole. */
export function makeUploads({ directory, key: secret, onUploaded }: UploadOptions): Uploads {
  const started = new Set<Promise<void>>();
  const start = (key: string): void => {
    // What fails is in the function's own log; the hospital may upload the file again.
    const work = onUploaded(key).catch(() => undefined);
    started.add(work);
    void work.then(() => started.delete(work));
  };
  const serve: Uploads["serve"] = async (request, response) => {
    if (request.method !== "PUT") return refuse(response, "METHOD_NOT_ALLOWED");
    const key = findUploadKey(secret, new URL(request.url ?? "/", "http://local"), Date.now());
    if (key === undefined) return refuse(response, "FORBIDDEN");
    const part = fileOf(directory, `${key} ${randomUUID()}`);
    try {
      await mkdir(directory, { recursive: true, mode: 0o700 });
      await pipeline(request, limitBytes(MAX_UPLOAD_BYTES), createWriteStream(part, { mode: 0o600 }));
      await rename(part, fileOf(directory, key));
    } catch (error) {
      await rm(part, { force: true });
      if (!(error instanceof TooManyBytes)) throw error;
      return refuse(response, "PAYLOAD_TOO_LARGE");
    }
    response.writeHead(200, { "content-length": 0 }).end();
    start(key);
  };
  return {
    serve,
    settle: async () => {
      await Promise.all(started);
    },
  };
}
