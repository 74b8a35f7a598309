import type { SeededRandom } from "../../infra/demo/seeded-random.ts";

/** Few, so that what is new is met again before it is in its last state. */
const MOST = 10;

/** What the service has named in its answers, by field: ids and cursors with which the next requests go deeper. */
export interface KnownValues {
  readonly learn: (answer: unknown) => void;
  readonly find: (field: string, random: SeededRandom) => string | undefined;
}

export function makeKnownValues(): KnownValues {
  const values = new Map<string, string[]>();
  const learn = (part: unknown): void => {
    if (typeof part !== "object" || part === null) return;
    for (const [field, value] of Object.entries(part)) {
      if (typeof value !== "string" || value.length > 500) {
        learn(value);
        continue;
      }
      const known = values.get(field) ?? [];
      if (known.includes(value)) continue;
      values.set(field, [...known, value].slice(-MOST));
    }
  };
  return {
    learn,
    find: (field, random) => {
      const known = values.get(field);
      return known === undefined ? undefined : random.pick(known);
    },
  };
}
