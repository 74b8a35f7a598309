import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { makeHashContent } from "../../../functions/kit/hash-content.ts";

test("a message's content is hashed under a key, so that nobody can try what it may have been", () => {
  const hash = makeHashContent(() => "k".repeat(32));
  expect(hash("content")).toBe(hash("content"));
  expect(hash("content")).not.toBe(hash("contents"));
  expect(hash("content")).not.toBe(makeHashContent(() => "l".repeat(32))("content"));
  expect(hash("content")).not.toBe(createHash("sha256").update("content").digest("base64url"));
});

test("a function that was given no key takes no messages", () => {
  expect(() => makeHashContent(() => undefined)("content")).toThrow("MESSAGE_KEY");
});
