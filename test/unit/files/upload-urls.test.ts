import { describe, expect, it } from "vitest";
import { presign } from "../../../shared/files/presign.ts";
import { fileOf, findUpload, uploadPathOf } from "../../../shared/files/upload-signature.ts";

describe("a bucket's URL", () => {
  // The worked example of docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html.
  const example = {
    kind: "BUCKET",
    url: "https://examplebucket.s3.amazonaws.com",
    region: "us-east-1",
    accessKeyId: "AKIAIOSFODNN7EXAMPLE",
    secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    sessionToken: undefined,
  } as const;
  const now = new Date("2013-05-24T00:00:00Z");

  it("has the signature of AWS's own example", async () => {
    const url = await presign(example, { method: "GET", key: "test.txt", now, lifetimeSeconds: 86_400 });
    expect(url).toBe(
      "https://examplebucket.s3.amazonaws.com/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256" +
        "&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request" +
        "&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host" +
        "&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404",
    );
  });

  it("signs the length of what is sent, where it is known, so that no other is taken", async () => {
    const request = { method: "PUT", key: "reconciliations/1", now, lifetimeSeconds: 900 } as const;
    const url = new URL(await presign(example, { ...request, contentLength: 7 }));
    expect(url.searchParams.get("X-Amz-SignedHeaders")).toBe("content-length;host");
    const other = new URL(await presign(example, { ...request, contentLength: 8 }));
    expect(other.searchParams.get("X-Amz-Signature")).not.toBe(url.searchParams.get("X-Amz-Signature"));
  });

  it("is for one method and one object, and carries the session of the role that signed it", async () => {
    const request = {
      method: "PUT",
      key: "reconciliations/H1/2026-03-10/1/U1",
      now,
      lifetimeSeconds: 900,
    } as const;
    const url = new URL(await presign({ ...example, sessionToken: "a+b/c=" }, request));
    expect(url.pathname).toBe("/reconciliations/H1/2026-03-10/1/U1");
    expect(url.searchParams.get("X-Amz-Security-Token")).toBe("a+b/c=");
    const other = new URL(
      await presign({ ...example, sessionToken: "a+b/c=" }, { ...request, method: "GET" }),
    );
    expect(other.searchParams.get("X-Amz-Signature")).not.toBe(url.searchParams.get("X-Amz-Signature"));
  });
});

describe("an upload URL of this machine", () => {
  const secret = "s".repeat(32);
  const key = "reconciliations/H1/2026-03-10/1/U1";
  const url = new URL(uploadPathOf(secret, { key, expiresMs: 1_000, bytes: 7 }), "http://local");

  it("names its file until the millisecond it expires", () => {
    expect(findUpload(secret, url, 1_000)).toEqual({ key, expiresMs: 1_000, bytes: 7 });
    expect(findUpload(secret, url, 1_001)).toBeUndefined();
  });

  it.each([
    ["another file", url.href.replace("U1", "U2")],
    ["a later expiry", url.href.replace("1000", "9000")],
    ["no expiry", url.href.replace("expires=1000&", "")],
    ["another length", url.href.replace("bytes=7", "bytes=8")],
    ["no length", url.href.replace("&bytes=7", "")],
    ["no signature", url.href.replace(/&signature=.*/, "")],
  ])("is none of ours with %s", (_what, href) => {
    expect(findUpload(secret, new URL(href), 1_000)).toBeUndefined();
  });

  it("cannot lead out of its folder, whatever the key", () => {
    expect(fileOf("/files", "../../etc/passwd")).toBe("/files/..%2F..%2Fetc%2Fpasswd");
  });
});
