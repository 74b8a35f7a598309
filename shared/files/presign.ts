import { createHash, createHmac } from "node:crypto";
import type { BucketConfig } from "../config.ts";

const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex");
const sign = (key: string | Uint8Array, text: string): Buffer =>
  createHmac("sha256", key).update(text).digest();

export interface PresignedRequest {
  readonly method: "DELETE" | "GET" | "PUT";
  /** Of characters that need no escape in a path. */
  readonly key: string;
  readonly now: Date;
  readonly lifetimeSeconds: number;
  /** Signed with it: a request of another length is refused. */
  readonly contentLength?: number | undefined;
}

/**
 * A URL that lets its bearer do one request on one object of a bucket, whatever the content (AWS Signature Version 4 in
 * query parameters: docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html). Thirty lines instead of
 * the S3 client, which is larger than all of a function's own code.
 */
export function presign(
  bucket: BucketConfig,
  { method, key, now, lifetimeSeconds, contentLength }: PresignedRequest,
): string {
  const { region, accessKeyId, secretAccessKey, sessionToken } = bucket;
  const url = new URL(`/${key}`, bucket.url);
  const time = now.toISOString().replaceAll(/[-:]|\.\d{3}/g, "");
  const date = time.slice(0, 8);
  const scope = `${date}/${region}/s3/aws4_request`;
  const headers = [
    ...(contentLength === undefined ? [] : [["content-length", String(contentLength)] as const]),
    ["host", url.host] as const,
  ];
  const signed = headers.map(([name]) => name).join(";");
  const query = Object.entries({
    "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
    "X-Amz-Credential": `${accessKeyId}/${scope}`,
    "X-Amz-Date": time,
    "X-Amz-Expires": String(lifetimeSeconds),
    ...(sessionToken === undefined ? {} : { "X-Amz-Security-Token": sessionToken }),
    "X-Amz-SignedHeaders": signed,
  })
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join("&");
  const canonical = headers.map(([name, value]) => `${name}:${value}`);
  const request = [method, url.pathname, query, ...canonical, "", signed, "UNSIGNED-PAYLOAD"].join("\n");
  const toSign = ["AWS4-HMAC-SHA256", time, scope, hashOf(request)].join("\n");
  const signingKey = [date, region, "s3", "aws4_request"].reduce<string | Uint8Array>(
    sign,
    `AWS4${secretAccessKey}`,
  );
  return `${url.origin}${url.pathname}?${query}&X-Amz-Signature=${sign(signingKey, toSign).toString("hex")}`;
}
