import { randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FileUnreadable, openStream, sealStream } from "../../../shared/files/sealed-stream.ts";

const KEY = "reconciliations/H1/2026-03-10/1/U1";
const keys = { current: "new", keys: { old: "o".repeat(44), new: "n".repeat(44) } };

async function collect(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts);
}
const seal = (content: Buffer, chunk = 10_000, by = keys): Promise<Buffer> => {
  const chunks = Array.from({ length: Math.ceil(content.length / chunk) }, (_, index) =>
    content.subarray(index * chunk, (index + 1) * chunk),
  );
  return collect(Readable.from(chunks).pipe(sealStream(by, KEY)));
};
async function* inChunks(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}
const open = (sealed: Buffer, size = 7_000, key = KEY) =>
  collect(openStream(inChunks(sealed, size), keys, key));

describe("a sealed file", () => {
  it("opens to the same bytes, whatever its length and however it comes", async () => {
    const lengths = fc.constantFrom(0, 1, 65_535, 65_536, 65_537, 131_072, 200_001);
    await fc.assert(
      fc.asyncProperty(lengths, fc.integer({ min: 1_000, max: 90_000 }), async (length, size) => {
        const content = randomBytes(length);
        expect((await open(await seal(content, size), size)).equals(content)).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it("comes in single bytes as well", async () => {
    const content = randomBytes(300);
    expect((await open(await seal(content, 1), 1)).equals(content)).toBe(true);
  });

  it("says nothing of what is in it, and never the same twice", async () => {
    const content = Buffer.from("张三,33030419770301123X,20.00\n".repeat(5_000));
    const [first, second] = [await seal(content), await seal(content)];
    expect(first.includes("张三")).toBe(false);
    expect(first.subarray(60, 200).equals(second.subarray(60, 200))).toBe(false);
  });

  it("opens under the key that it was sealed with, also once that was replaced", async () => {
    const content = randomBytes(100);
    const sealed = await seal(content, 10_000, { ...keys, current: "old" });
    expect((await open(sealed)).equals(content)).toBe(true);
    const gone = collect(openStream(inChunks(sealed, 50), { keys: { new: keys.keys.new } }, KEY));
    await expect(gone).rejects.toThrow(FileUnreadable);
  });

  it.each<[string, (sealed: Buffer) => Buffer]>([
    ["cut off after a frame", (sealed) => sealed.subarray(0, 44 + 65_552)],
    ["cut off within a frame", (sealed) => sealed.subarray(0, 1_000)],
    ["cut off within its head", (sealed) => sealed.subarray(0, 20)],
    [
      "with a bit turned",
      (sealed) => Buffer.concat([sealed.subarray(0, -1), Buffer.from([(sealed.at(-1) ?? 0) ^ 1])]),
    ],
    [
      "with two frames changed about",
      (sealed) =>
        Buffer.concat([
          sealed.subarray(0, 44),
          sealed.subarray(44 + 65_552, 44 + 2 * 65_552),
          sealed.subarray(44, 44 + 65_552),
          sealed.subarray(44 + 2 * 65_552),
        ]),
    ],
    ["that was never sealed", () => Buffer.from("settlementId,messageKey\n".repeat(100))],
    ["of no bytes", () => Buffer.alloc(0)],
  ])("%s does not open", async (_what, spoil) => {
    const sealed = await seal(randomBytes(3 * 65_536));
    expect(sealed).toHaveLength(44 + 3 * 65_552);
    await expect(open(spoil(sealed))).rejects.toThrow(FileUnreadable);
  });

  it("does not open under another file's name", async () => {
    await expect(open(await seal(randomBytes(10)), 100, `${KEY}2`)).rejects.toThrow(FileUnreadable);
  });

  it("is not sealed where the current key is missing, or its name is too long", () => {
    expect(() => sealStream({ current: "none", keys: {} }, KEY)).toThrow("missing");
    const name = "x".repeat(256);
    expect(() => sealStream({ current: name, keys: { [name]: "k" } }, KEY)).toThrow("too long");
  });
});
