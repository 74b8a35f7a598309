import { type Figure, type Findings, formatNumber, isMet, ratioToBudget } from "./figures.ts";

const HEADINGS = ["what", "measured", "budget", "measured / budget", ""];

const measuredOf = ({ measured, unit }: Figure): string =>
  measured === undefined ? "not built yet" : `${formatNumber(measured)} ${unit}`;

function budgetOf({ budget, unit }: Figure): string {
  if (budget === undefined) return "";
  return `${budget.sense === "AT_MOST" ? "≤" : "≥"} ${formatNumber(budget.limit)} ${unit}`;
}

function ratioOf({ measured, budget }: Figure): string {
  return measured === undefined || budget === undefined ? "" : formatNumber(measured / budget.limit);
}

function verdictOf(figure: Figure): string {
  const met = isMet(figure);
  if (met === undefined) return "";
  return met ? "met" : "missed";
}

const rowOf = (figure: Figure): string[] => [
  figure.what,
  measuredOf(figure),
  budgetOf(figure),
  ratioOf(figure),
  verdictOf(figure),
];

const markdownTable = (columns: readonly string[], rows: readonly (readonly string[])[]): string =>
  [columns, columns.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");

function plainTable(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [columns, ...rows];
  const widths = columns.map((_, column) => Math.max(...all.map((cells) => (cells[column] ?? "").length)));
  return all
    .map((cells) => cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  "))
    .map((line) => `  ${line.trimEnd()}`)
    .join("\n");
}

/** One part's findings for a terminal. */
export function showFindings({ title, figures, comparisons = [] }: Findings): string {
  const tables = comparisons.map((each) => `\n  ${each.title}\n${plainTable(each.columns, each.rows)}`);
  return [`\n${title}`, plainTable(HEADINGS, figures.map(rowOf)), ...tables].join("\n");
}

const sectionOf = ({ title, figures, comparisons = [], notes = [] }: Findings): string =>
  [
    `## ${title}`,
    markdownTable(HEADINGS, figures.map(rowOf)),
    ...comparisons.flatMap((each) => [`**${each.title}**`, markdownTable(each.columns, each.rows)]),
    ...notes,
  ].join("\n\n");

/** The whole record, budgets first. */
export function makeReport(
  machine: readonly (readonly [string, string])[],
  findings: readonly Findings[],
  seconds: number,
): string {
  const budgeted = findings.flatMap(({ figures }) => figures).filter(({ budget }) => budget !== undefined);
  const missed = budgeted.filter((figure) => isMet(figure) === false);
  return `${[
    "# Benchmarks",
    `Written by \`npm run bench\`, which measures every budget of the design in one run (this one took ${Math.round(seconds)} s). Figures are of one machine on one day; what they are made for is to be compared with their budgets, and with the next run.`,
    machine.map(([name, value]) => `- ${name}: ${value}`).join("\n"),
    "## Budgets",
    missed.length === 0
      ? "Every budget that can be measured is met."
      : `Missed: ${missed.map(({ what }) => what).join("; ")}.`,
    markdownTable(HEADINGS, budgeted.map(rowOf)),
    ...findings.filter(({ notes }) => notes !== undefined).map(sectionOf),
  ].join("\n\n")}\n`;
}

/** Whether a budget was measured and missed. */
export const anyMissed = (findings: readonly Findings[]): boolean =>
  findings.some(({ figures }) => figures.some((figure) => (ratioToBudget(figure) ?? 0) > 1));
