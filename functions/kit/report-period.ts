import * as z from "zod/mini";
import { type Day, daysBetween } from "../../shared/domain/dates.ts";

export const periodIsInOrder = z.refine<{ from: Day; to: Day }>(({ from, to }) => from <= to, {
  error: "PERIOD_ENDS_BEFORE_IT_STARTS",
  path: ["to"],
});

/** A month at a glance. */
const MAX_DAYS_AT_A_GLANCE = 31;

/** A period of at most 31 days, both included. */
export const periodIsAMonth = z.refine<{ from: Day; to: Day }>(
  ({ from, to }) => from <= to && daysBetween(from, to) < MAX_DAYS_AT_A_GLANCE,
  { error: "PERIOD_OVER_A_MONTH", path: ["to"] },
);

/** A year: each page of it reads thirteen months, eight shards each. More is an export, or another call. */
const MAX_DAYS = 366;

/** A period whose end does not come before its start and that a report can read. */
export const periodIsReadable = z.refine<{ from: Day; to: Day }>(
  ({ from, to }) => from <= to && daysBetween(from, to) < MAX_DAYS,
  { error: "PERIOD_NOT_READABLE", path: ["to"] },
);

/** Whatever else is wrong with a query, what it leaves out is told at the same time. */
const always = {
  when: ({ value }: { readonly value: unknown }) => typeof value === "object" && value !== null,
} as const;

type NumberOrPeriod = { hospitalVisitNo?: unknown; from?: Day | undefined; to?: Day | undefined };

const requiredWithoutNumber = (name: "from" | "to") =>
  z.refine<NumberOrPeriod>((query) => query.hospitalVisitNo !== undefined || query[name] !== undefined, {
    error: "NUMBER_OR_PERIOD_REQUIRED",
    path: [name],
    ...always,
  });

/** A list of visits is asked for by a number, or by a period that a report can read; by both, it is those of both. */
export const namesNumberOrPeriod = [
  requiredWithoutNumber("from"),
  requiredWithoutNumber("to"),
  z.refine<NumberOrPeriod>(
    ({ from, to }) =>
      from === undefined || to === undefined || (from <= to && daysBetween(from, to) < MAX_DAYS),
    { error: "PERIOD_NOT_READABLE", path: ["to"] },
  ),
] as const;
