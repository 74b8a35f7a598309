import type { BucketConfig } from "../config.ts";
import type { FileStore } from "./file-store.ts";
import { presign } from "./presign.ts";

const READ_LIFETIME_SECONDS = 60;

/** Files in a bucket of S3. */
export const makeBucket = (bucket: BucketConfig): FileStore => ({
  openUpload: async (key, now, lifetimeSeconds) =>
    presign(bucket, { method: "PUT", key, now, lifetimeSeconds }),
  read: async (key) => {
    const now = new Date();
    const url = presign(bucket, { method: "GET", key, now, lifetimeSeconds: READ_LIFETIME_SECONDS });
    const response = await fetch(url, { redirect: "error" });
    if (!response.ok || response.body === null) throw new Error(`the bucket answers ${response.status}`);
    return response.body;
  },
});
