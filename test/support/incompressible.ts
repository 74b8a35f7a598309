import { makeSeededRandom } from "../../infra/demo/seeded-random.ts";

const PRINTABLE = Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index)).join("");
const CODE = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.:-";
/** Where the ideographs that are in common use begin, and how many there are. */
const [FIRST_IDEOGRAPH, IDEOGRAPHS] = [0x4e00, 20_000];

/** Texts that no compression makes much smaller, the same for the same seed. */
export function makeIncompressible(seed: number) {
  const random = makeSeededRandom(seed);
  const textOf = (alphabet: string, length: number): string =>
    Array.from({ length }, () => alphabet[random.integer(0, alphabet.length - 1)]).join("");
  return {
    /** Of visible ASCII characters, as line numbers are. */
    printable: (length: number) => textOf(PRINTABLE, length),
    /** As codes of items are. */
    code: (length: number) => textOf(CODE, length),
    /** Of ideographs, three bytes each. */
    words: (length: number) =>
      Array.from({ length }, () =>
        String.fromCharCode(FIRST_IDEOGRAPH + random.integer(0, IDEOGRAPHS - 1)),
      ).join(""),
    integer: (least: number, most: number) => random.integer(least, most),
  };
}
