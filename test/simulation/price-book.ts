import type { WireItem, WirePeriod } from "../support/example-bills.ts";
import { itemBody, tariffs } from "./world.ts";

type Items = ReadonlyMap<string, WireItem>;

const dayBefore = (day: string): string => new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);

/**
 * What open periods come to beside those that stand, once more and apart from the service: each day has the price
 * that begins on it, or on the last day before it on which one begins.
 */
function merge(standing: readonly WirePeriod[], stated: readonly WirePeriod[]): WirePeriod[] {
  const byFirstDay = new Map([...standing, ...stated].map((period) => [period.from, period]));
  const days = [...byFirstDay.keys()].sort();
  return [...byFirstDay.values()].map((period) => {
    const next = days.find((day) => day > period.from);
    return { ...period, to: next === undefined ? null : dayBefore(next) };
  });
}

/** The price list as it stood at each of its versions. */
export class PriceBook {
  #items: Items;
  readonly #byVersion = new Map<number, Items>();

  /** `version` is that of the price list before any history. */
  constructor(version: number) {
    this.#items = new Map(
      Object.entries(tariffs).flatMap(([code, [first]]) =>
        first === undefined ? [] : [[code, itemBody(code, first)] as const],
      ),
    );
    this.#byVersion.set(version, this.#items);
  }

  /** An import states the periods that it names; all that it does not name stays. */
  stated(items: readonly WireItem[], version: number): void {
    const merged = items.map((item) => {
      const periods = merge(this.#items.get(item.itemCode)?.periods ?? [], item.periods);
      return [item.itemCode, { ...item, periods }] as const;
    });
    this.#items = new Map([...this.#items, ...merged]);
    this.#byVersion.set(version, this.#items);
  }

  /** As it stands, whole. */
  current(): readonly WireItem[] {
    return [...this.#items.values()];
  }

  /** Every item is gone, and versions are counted anew. */
  lost(): void {
    this.#items = new Map();
    this.#byVersion.clear();
  }

  at(version: number): readonly WireItem[] | undefined {
    const items = this.#byVersion.get(version);
    return items && [...items.values()];
  }
}
