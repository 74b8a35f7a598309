import { Transform } from "node:stream";

/** What a stream ends with that has more bytes than it may. */
export class TooManyBytes extends Error {}

/** Passes bytes on up to a limit, and ends with `TooManyBytes` beyond it. */
export function limitBytes(limit: number): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.byteLength;
      done(bytes > limit ? new TooManyBytes() : null, chunk);
    },
  });
}
