import { Sha256 } from "@smithy/core/checksum";
import { SignatureV4 } from "@smithy/signature-v4";
import type { BucketConfig } from "../config.ts";

export interface PresignedRequest {
  readonly method: "DELETE" | "GET" | "PUT";
  /** Of characters that need no escape in a path. */
  readonly key: string;
  readonly now: Date;
  readonly lifetimeSeconds: number;
  /** Signed with it: a request of another length is refused. */
  readonly contentLength?: number | undefined;
}

/** The header by which a signer is told what of the content to sign. It is not sent, and so not signed itself. */
const CONTENT_HASH = "x-amz-content-sha256";
const notSent = new Set([CONTENT_HASH]);

/**
 * A URL that lets its bearer do one request on one object of a bucket, whatever the content (AWS Signature Version 4 in
 * query parameters: docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html). The signer is the one with
 * which the SDK signs its calls to DynamoDB; the S3 client is larger than all of a function's own code.
 * Fails where the lifetime is longer than a week.
 */
export async function presign(
  { url, region, accessKeyId, secretAccessKey, sessionToken }: BucketConfig,
  { method, key, now, lifetimeSeconds, contentLength }: PresignedRequest,
): Promise<string> {
  const { protocol, hostname, host, origin, pathname: path } = new URL(`/${key}`, url);
  const signer = new SignatureV4({
    service: "s3",
    region,
    sha256: Sha256,
    // S3 signs a path as it is sent; other services encode it once more.
    uriEscapePath: false,
    credentials: {
      accessKeyId,
      secretAccessKey,
      ...(sessionToken === undefined ? {} : { sessionToken }),
    },
  });
  const headers = {
    host,
    [CONTENT_HASH]: "UNSIGNED-PAYLOAD",
    ...(contentLength === undefined ? {} : { "content-length": String(contentLength) }),
  };
  const signed = await signer.presign(
    { method, protocol, hostname, path, headers },
    {
      signingDate: now,
      expiresIn: lifetimeSeconds,
      unhoistableHeaders: notSent,
      unsignableHeaders: notSent,
    },
  );
  const query = Object.entries(signed.query ?? {}).map(
    ([name, value]) => `${name}=${encodeURIComponent(String(value))}`,
  );
  return `${origin}${path}?${query.join("&")}`;
}
