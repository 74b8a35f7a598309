/** A limit of design.md section 7. */
export interface Budget {
  readonly sense: "AT_MOST" | "AT_LEAST";
  readonly limit: number;
}

/** One measured number; without a budget it is told for its own sake. */
export interface Figure {
  readonly what: string;
  /** Undefined where the thing is not built yet. */
  readonly measured: number | undefined;
  readonly unit: string;
  readonly budget?: Budget;
}

/** Numbers that are read side by side, such as one row for each operation. */
export interface Comparison {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** What one part of the bench found out. */
export interface Findings {
  readonly title: string;
  readonly figures: readonly Figure[];
  readonly comparisons?: readonly Comparison[];
  /** How it was measured, in sentences. */
  readonly notes?: readonly string[];
}

export interface BenchOptions {
  /** Fewer rounds: for a first look, not for the record. */
  readonly quick: boolean;
}

export const atMost = (limit: number): Budget => ({ sense: "AT_MOST", limit });
export const atLeast = (limit: number): Budget => ({ sense: "AT_LEAST", limit });

/** The value below which a share of the values lies; throws where there are none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  if (value === undefined) throw new RangeError("no values");
  return value;
}

/** The value in the middle; of an even number of values, what lies between the two in the middle. */
export function median(values: readonly number[]): number {
  const negated = values.map((value) => -value);
  return (percentile(values, 0.5) - percentile(negated, 0.5)) / 2;
}

/** Measured by budget for an upper limit, budget by measured for a lower one: above 1 the budget is missed. */
export function ratioToBudget({ measured, budget }: Figure): number | undefined {
  if (measured === undefined || budget === undefined) return undefined;
  return budget.sense === "AT_MOST" ? measured / budget.limit : budget.limit / measured;
}

/** Whether the budget is met; undefined where there is none or nothing was measured. */
export function isMet(figure: Figure): boolean | undefined {
  const ratio = ratioToBudget(figure);
  return ratio === undefined ? undefined : ratio <= 1;
}

/** Large numbers whole and grouped, small ones with the decimals that matter. */
export function formatNumber(value: number): string {
  const magnitude = Math.abs(value);
  const decimals = Number.isInteger(value) || magnitude >= 100 ? 0 : magnitude >= 10 ? 1 : 2;
  return value.toLocaleString("en-US", { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}

/** Runs some work and tells how many milliseconds it took. */
export async function timed<T>(work: () => Promise<T>): Promise<{ readonly value: T; readonly ms: number }> {
  const startedAt = performance.now();
  const value = await work();
  return { value, ms: performance.now() - startedAt };
}
