import { createHash } from "node:crypto";

/** Which of so many partitions a subject's items are in: always the same one, and subjects spread evenly. */
export const shardOf = (subject: string, shards: number): number =>
  (createHash("sha256").update(subject).digest()[0] ?? 0) % shards;
