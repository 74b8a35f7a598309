import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, readdir, rename, rm } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { failure } from "../../shared/domain/failures.ts";
import { MAX_FILE_BYTES } from "../../shared/domain/reconciliation/detail-columns.ts";
import { limitBytes, TooManyBytes } from "../../shared/files/limit-bytes.ts";
import { sealStream } from "../../shared/files/sealed-stream.ts";
import { fileOf, findUpload, type UploadPermit } from "../../shared/files/upload-signature.ts";
import { refusal } from "../../shared/http/response.ts";
import { readKeyFile } from "../../shared/personal-data/key-file.ts";

export interface UploadOptions {
  readonly directory: string;
  /** Signs upload URLs; the functions have the same one. */
  readonly key: string;
  /** Holds the keys under which files are sealed. */
  readonly keysFile: string;
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
  /** Judges files that a service which was killed had left, and removes what never arrived whole. */
  readonly recover: () => Promise<void>;
  /** Waits for what the uploads so far have started. */
  readonly settle: () => Promise<void>;
}

const PART_MARK = "part ";

/** Why a file is refused before a byte of it is read: S3 refuses another length than the signed one in the same way. */
function faultOf(request: IncomingMessage, permit: UploadPermit | undefined) {
  const length = request.headers["content-length"];
  if (permit === undefined) return "FORBIDDEN";
  if (permit.bytes !== undefined && length !== String(permit.bytes)) return "FORBIDDEN";
  return Number(length ?? 0) > MAX_FILE_BYTES ? "PAYLOAD_TOO_LARGE" : undefined;
}

/**
 * What a bucket does on AWS: takes files under signed URLs, and tells of each when it has arrived whole. A file is
 * sealed as it streams in, and is gone once it was judged, however that ended.
 */
export function makeUploads({ directory, key: secret, keysFile, onUploaded }: UploadOptions): Uploads {
  const started = new Set<Promise<void>>();
  const start = (key: string): void => {
    // What fails is in the function's own log; the hospital may upload the file again.
    const work = onUploaded(key)
      .catch(() => undefined)
      .then(() => rm(fileOf(directory, key), { force: true }));
    started.add(work);
    void work.then(() => started.delete(work));
  };
  const serve: Uploads["serve"] = async (request, response) => {
    if (request.method !== "PUT") return refuse(response, "METHOD_NOT_ALLOWED");
    const permit = findUpload(secret, new URL(request.url ?? "/", "http://local"), Date.now());
    const fault = faultOf(request, permit);
    if (permit === undefined || fault !== undefined) return refuse(response, fault ?? "FORBIDDEN");
    const { key } = permit;
    const part = fileOf(directory, `${PART_MARK}${randomUUID()}`);
    try {
      await mkdir(directory, { recursive: true, mode: 0o700 });
      const seal = sealStream(readKeyFile(keysFile).encryption, key);
      await pipeline(request, limitBytes(MAX_FILE_BYTES), seal, createWriteStream(part, { mode: 0o600 }));
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
    recover: async () => {
      const names = await readdir(directory).catch(() => []);
      for (const name of names) {
        const key = decodeURIComponent(name);
        if (key.startsWith(PART_MARK)) await rm(join(directory, name), { force: true });
        else start(key);
      }
    },
    settle: async () => {
      await Promise.all(started);
    },
  };
}
