import { isSummed, type SettlementItem, sumOf } from "./stored.ts";
import type { Item } from "./values.ts";
import { demand } from "./violation.ts";

const bearers = ["fund", "employer", "hospital", "thirdParty", "otherInsurer", "personal"];
const reversedBearers = bearers.map(
  (bearer) => `reversed${bearer.charAt(0).toUpperCase()}${bearer.slice(1)}`,
);
const FIELDS = [
  ...["count", "reversalCount", "total", ...bearers, "reversedTotal", ...reversedBearers],
  ...["earlierMonthsCount", "earlierMonthsTotal", "benefits"],
];
const ZERO_ALLOCATION = FIELDS.map(() => 0);

const monthOf = (instant: string): string => instant.slice(0, 7);

/** What one settlement adds to its row, written from design.md section 6 and not from the service. */
function figuresOf(settlement: SettlementItem): number[] {
  const { kind, total, allocation, settledAt, reversesSettledAt = "", mealAllowance } = settlement;
  if (!isSummed(settlement)) return ZERO_ALLOCATION;
  const benefits = mealAllowance?.amount ?? 0;
  if (kind !== "REVERSAL") {
    const none = [0, ...bearers.map(() => 0)];
    return [1, 0, total, ...allocation, ...none, 0, 0, benefits];
  }
  const isEarlier = monthOf(reversesSettledAt) < monthOf(settledAt);
  const earlier = isEarlier ? [1, total] : [0, 0];
  return [0, 1, total, ...allocation, total, ...allocation, ...earlier, benefits];
}

const cellOf = ({ settledAt, hospitalCode, employerUscc, visitType }: SettlementItem): string =>
  `${settledAt.slice(0, 10)}#${hospitalCode}#${employerUscc}#${visitType}`;

const valuesOf = (row: Item | undefined): number[] =>
  row === undefined ? ZERO_ALLOCATION : FIELDS.map((field) => Number(row[field]));

/** Every summary row against the settlements that it covers, followed write by write. */
export class SummaryFold {
  /** By cell: what the rows of all shards say, less what the settlements come to. */
  readonly #differences = new Map<string, number[]>();
  readonly #touched = new Set<string>();

  #add(cell: string, values: readonly number[], sign: 1 | -1): void {
    const sums = this.#differences.get(cell) ?? ZERO_ALLOCATION;
    this.#differences.set(
      cell,
      sums.map((sum, index) => sum + sign * (values[index] ?? 0)),
    );
    this.#touched.add(cell);
  }

  settled(settlement: SettlementItem): void {
    this.#add(cellOf(settlement), figuresOf(settlement), -1);
  }

  rowChanged(sk: string, before: Item | undefined, after: Item | undefined): void {
    this.#add(sk, valuesOf(before), -1);
    this.#add(sk, valuesOf(after), 1);
    if (after === undefined) return;
    const named = ["day", "hospitalCode", "employerUscc", "visitType"].map((field) => String(after[field]));
    demand(named.join("#") === sk, "a summary row says what it is of", () => after);
    const shares = sumOf(bearers.map((bearer) => Number(after[bearer])));
    const reversed = sumOf(reversedBearers.map((bearer) => Number(after[bearer])));
    demand(
      shares === after.total && reversed === after.reversedTotal,
      "six bearers add up to a summary row's total",
      () => after,
    );
  }

  /** Fails where a row that was touched since the last time is not the fold of its settlements. */
  check(): void {
    for (const cell of this.#touched) {
      const difference = this.#differences.get(cell) ?? ZERO_ALLOCATION;
      demand(
        difference.every((each) => each === 0),
        "a summary row is the fold of the settlements it covers",
        () => ({
          cell,
          difference: Object.fromEntries(FIELDS.map((field, index) => [field, difference[index]])),
        }),
      );
    }
    this.#touched.clear();
  }
}
