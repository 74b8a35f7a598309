import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { Transform } from "node:stream";

/** A secret by its name: where it was replaced, the name in a sealed file tells which one opens it. */
export interface SealKeys {
  readonly current: string;
  readonly keys: Readonly<Record<string, string>>;
}

const ALGORITHM = "aes-256-gcm";
const KEY_BYTES = 32;
const SALT_BYTES = 32;
const TAG_BYTES = 16;
const IV_BYTES = 12;
/** Of what is sealed at once; a sealed file is a row of such frames, of which only the last is shorter. */
const FRAME_BYTES = 65_536;
const MARK = Buffer.from("SEALED1\n");
const MAX_NAME_BYTES = 255;

/** Bound to the file's own name: a sealed file that is moved to another name does not open. */
const keyOf = (secret: string, salt: Uint8Array, fileKey: string): Uint8Array =>
  new Uint8Array(hkdfSync("sha256", secret, salt, `uploaded file ${fileKey}`, KEY_BYTES));

/** The key is of this file alone, so a count is enough; the last frame says that it is, so that none can be cut off. */
function ivOf(frame: number, isLast: boolean): Buffer {
  const iv = Buffer.alloc(IV_BYTES);
  iv.writeUInt32BE(frame, 4);
  iv.writeUInt8(isLast ? 1 : 0, IV_BYTES - 1);
  return iv;
}

/** What stands before the frames: which secret, and the salt. */
function headerOf(name: string, salt: Uint8Array): Buffer {
  const bytes = Buffer.from(name);
  if (bytes.length > MAX_NAME_BYTES) throw new RangeError("the name of a key is too long");
  return Buffer.concat([MARK, Buffer.from([bytes.length]), bytes, salt]);
}

/** Bytes that wait until a whole frame of them is there. */
class Waiting {
  #parts: Buffer[] = [];
  #length = 0;

  get length(): number {
    return this.#length;
  }

  add(part: Uint8Array): void {
    this.#parts.push(Buffer.from(part.buffer, part.byteOffset, part.byteLength));
    this.#length += part.byteLength;
  }

  take(length: number): Buffer {
    const whole = this.#parts.length === 1 ? this.#parts[0] : undefined;
    const all = whole ?? Buffer.concat(this.#parts);
    const rest = all.subarray(length);
    this.#parts = rest.length === 0 ? [] : [rest];
    this.#length = rest.length;
    return all.subarray(0, length);
  }
}

/**
 * Seals a file as it streams through (AES-256-GCM in frames of 64 KB, each of which cannot be altered, moved or left
 * out), under a key derived from the current secret for this file alone. Never holds more than a frame.
 */
export function sealStream({ current, keys }: SealKeys, fileKey: string): Transform {
  const secret = keys[current];
  if (secret === undefined) throw new Error("the current key is missing");
  const salt = randomBytes(SALT_BYTES);
  const key = keyOf(secret, salt, fileKey);
  const waiting = new Waiting();
  let frame = 0;
  const seal = (bytes: Buffer, isLast: boolean): Buffer => {
    const cipher = createCipheriv(ALGORITHM, key, ivOf(frame, isLast));
    frame += 1;
    return Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
  };
  const transform = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      waiting.add(chunk);
      while (waiting.length > FRAME_BYTES) transform.push(seal(waiting.take(FRAME_BYTES), false));
      done();
    },
    flush(done) {
      transform.push(seal(waiting.take(waiting.length), true));
      done();
    },
  });
  transform.push(headerOf(current, salt));
  return transform;
}

/** What a file is that does not open: sealed under a key that is gone, altered, cut off, or never sealed. */
export class FileUnreadable extends Error {}

interface Opening {
  readonly key: Uint8Array;
  readonly headerLength: number;
}

function readHeader(start: Buffer, keys: SealKeys["keys"], fileKey: string): Opening | undefined {
  const nameLength = start[MARK.length];
  if (nameLength === undefined) return undefined;
  if (!start.subarray(0, MARK.length).equals(MARK)) throw new FileUnreadable("it is not sealed");
  const nameEnd = MARK.length + 1 + nameLength;
  const headerLength = nameEnd + SALT_BYTES;
  if (start.length < headerLength) return undefined;
  const secret = keys[start.subarray(MARK.length + 1, nameEnd).toString("utf8")];
  if (secret === undefined) throw new FileUnreadable("its key is gone");
  return { key: keyOf(secret, start.subarray(nameEnd, headerLength), fileKey), headerLength };
}

function openFrame(key: Uint8Array, sealed: Buffer, frame: number, isLast: boolean): Buffer {
  const bytes = sealed.subarray(0, -TAG_BYTES);
  try {
    const decipher = createDecipheriv(ALGORITHM, key, ivOf(frame, isLast), { authTagLength: TAG_BYTES });
    decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
    return Buffer.concat([decipher.update(bytes), decipher.final()]);
  } catch {
    throw new FileUnreadable("it was altered or cut off");
  }
}

/** The bytes of a sealed file, frame by frame, each only once it was verified. Throws FileUnreadable. */
export async function* openStream(
  sealed: AsyncIterable<Uint8Array>,
  { keys }: Pick<SealKeys, "keys">,
  fileKey: string,
): AsyncGenerator<Uint8Array> {
  const waiting = new Waiting();
  let opening: Opening | undefined;
  let frame = 0;
  for await (const chunk of sealed) {
    waiting.add(chunk);
    if (opening === undefined) {
      const start = waiting.take(waiting.length);
      opening = readHeader(start, keys, fileKey);
      waiting.add(opening === undefined ? start : start.subarray(opening.headerLength));
      if (opening === undefined) continue;
    }
    while (waiting.length > FRAME_BYTES + TAG_BYTES) {
      yield openFrame(opening.key, waiting.take(FRAME_BYTES + TAG_BYTES), frame, false);
      frame += 1;
    }
  }
  if (opening === undefined || waiting.length < TAG_BYTES) throw new FileUnreadable("it was cut off");
  yield openFrame(opening.key, waiting.take(waiting.length), frame, true);
}
