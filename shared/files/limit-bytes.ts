import { Transform } from "node:stream";

/** What a stream ends with that has more bytes than it may. */
export class TooManyBytes extends Error {}

/** What a stream ends with that unpacks to more than its packed bytes may. */
export class TooCompressed extends Error {}

/** Unpacked bytes for each packed one, at most: lists of bills have ten to twenty. */
export const MAX_RATIO = 50;
/** So many are let through whatever they were packed into: a few rows much alike shrink to nothing. */
export const FREE_BYTES = 1_000_000;

/** Two transforms, for before and behind an unpacking one: ends with `TooCompressed` where too little makes too much. */
export function limitRatio(): { readonly packed: Transform; readonly unpacked: Transform } {
  let [packedBytes, unpackedBytes] = [0, 0];
  return {
    packed: new Transform({
      transform(chunk: Buffer, _encoding, done) {
        packedBytes += chunk.byteLength;
        done(null, chunk);
      },
    }),
    unpacked: new Transform({
      transform(chunk: Buffer, _encoding, done) {
        unpackedBytes += chunk.byteLength;
        const isTooMuch = unpackedBytes > Math.max(FREE_BYTES, packedBytes * MAX_RATIO);
        done(isTooMuch ? new TooCompressed() : null, chunk);
      },
    }),
  };
}

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
