import type { SeededRandom } from "../../infra/demo/seeded-random.ts";
import { drawHostileValue } from "./hostile-values.ts";

type Path = readonly (string | number)[];

function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [path];
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return [path, ...entries.flatMap(([key, part]) => pathsOf(part, [...path, key]))];
}

function change(value: unknown, path: Path, to: (part: unknown) => unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return to(value);
  if (Array.isArray(value))
    return value.map((part, index) => (index === key ? change(part, rest, to) : part));
  const entries = Object.entries(value ?? {});
  return Object.fromEntries(
    entries.flatMap(([name, part]) => {
      const changed = name === key ? change(part, rest, to) : part;
      return changed === undefined ? [] : [[name, changed]];
    }),
  );
}

/** The same value with one thing wrong somewhere: another value, a missing or unknown field, a list far too long. */
export function mutate(value: unknown, random: SeededRandom): unknown {
  const path = random.pick(pathsOf(value));
  switch (random.integer(0, 5)) {
    case 0:
      return path.length === 0 ? {} : change(value, path, () => undefined);
    case 1:
      return change(value, path, (part) =>
        typeof part === "object" && part !== null && !Array.isArray(part)
          ? { ...part, [random.pick(["surprise", "constructor", "深", ""])]: 1 }
          : [part],
      );
    case 2:
      return change(value, path, (part) =>
        Array.isArray(part) ? Array.from({ length: 600 }, () => part[0] ?? 0) : part,
      );
    default:
      return change(value, path, () => drawHostileValue(random));
  }
}
