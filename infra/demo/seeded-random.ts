/** Draws that are the same on every machine and in every run, so that demo data can be written about and tested. */
export interface SeededRandom {
  /** A whole number from `lowest` to `highest`, both included. */
  integer(lowest: number, highest: number): number;
  /** True with the given probability, 0 to 1. */
  chance(probability: number): boolean;
  /** One element of a list that is not empty; throws RangeError for an empty one. */
  pick<T>(list: readonly T[]): T;
}

/** Mulberry32: 32 bits of state are plenty for some thousand draws, and `Math.imul` makes it exact everywhere. */
export function makeSeededRandom(seed: number): SeededRandom {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const integer = (lowest: number, highest: number): number =>
    lowest + Math.floor(next() * (highest - lowest + 1));
  return {
    integer,
    chance: (probability) => next() < probability,
    pick: (list) => elementAt(list, integer(0, list.length - 1)),
  };
}

/** An element that must be there; throws RangeError where the index lies outside the list. */
export function elementAt<T>(list: readonly T[], index: number): T {
  const element = list[index];
  if (element === undefined) throw new RangeError(`no element ${index} in a list of ${list.length}`);
  return element;
}
