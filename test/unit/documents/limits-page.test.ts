import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import * as z from "zod/mini";
import { periodIsReadable } from "../../../functions/kit/report-period.ts";
import { MOST_PER_HOUR } from "../../../functions/reconciliation/hourly-limit.ts";
import { readConfig } from "../../../shared/config.ts";
import { addDays, day, monthsBetween } from "../../../shared/domain/dates.ts";
import { MAX_FILE_BYTES, MAX_FILE_ROWS } from "../../../shared/domain/reconciliation/detail-columns.ts";
import { MAX_LISTED } from "../../../shared/domain/reconciliation/difference.ts";
import { MAX_SHOWN_FIRST } from "../../../shared/domain/reports/deferred-page.ts";
import { MAX_WEBHOOKS } from "../../../shared/domain/webhooks/webhook.ts";
import { FREE_BYTES, MAX_RATIO } from "../../../shared/files/limit-bytes.ts";
import { SUMMARY_SHARDS, WEBHOOK_DUE_SHARDS } from "../../../shared/store/kit/keys.ts";
import { MOST_VISITS_LOOKED_AT } from "../../../shared/store/visits/hospital-visits.ts";

const project = join(import.meta.dirname, "../../..");
const rows = readFileSync(join(project, "docs/limits.md"), "utf8")
  .split("\n")
  // The table of operations is compared with what they cost: test/api/kit/operation-costs.test.ts.
  .filter((line) => line.startsWith("| ") && !/^\| (`|operation )/.test(line))
  .map((line) => line.split("|").map((cell) => cell.trim()))
  .slice(1);
const numbers = (text: string): number[] =>
  (text.match(/\d[\d,]*/g) ?? []).map((each) => Number(each.replaceAll(",", "")));
const limitOf = (start: string): number[] =>
  numbers(rows.find(([, what = ""]) => what.startsWith(start))?.[2] ?? "");

test("the page of limits states those of the code", () => {
  expect(limitOf("look-ups")).toEqual([readConfig({}).lookupsPerHour]);
  expect(limitOf("rounds")).toEqual([MOST_PER_HOUR.ROUNDS]);
  expect(limitOf("uploads")).toEqual([MOST_PER_HOUR.UPLOADS]);
  expect(limitOf("an uploaded file")).toEqual([MAX_FILE_BYTES, MAX_FILE_ROWS]);
  expect(limitOf("what gzip")).toEqual([MAX_RATIO, FREE_BYTES]);
  expect(limitOf("differences")).toEqual([MAX_LISTED]);
  expect(limitOf("visits that a page")).toEqual([MOST_VISITS_LOOKED_AT]);
  expect(limitOf("webhooks")).toEqual([MAX_WEBHOOKS]);
  expect(limitOf("deferred claims")).toEqual([MAX_SHOWN_FIRST]);
  expect(limitOf("days of admission")).toEqual(limitOf("days of a summary").slice(0, 1));
  expect(rows.find(([, what = ""]) => what.startsWith("receivers"))?.[1]).toContain(
    `${WEBHOOK_DUE_SHARDS} shards`,
  );
});

/** A figure that nothing but its own file uses. */
const figureIn = (file: string, name: string): number =>
  Number(
    new RegExp(`^const ${name} = ([\\d_]+);`, "m")
      .exec(readFileSync(join(project, file), "utf8"))?.[1]
      ?.replaceAll("_", ""),
  );

test.each([
  [
    "calls that bring the rows",
    [["functions/reconciliation/post-reconciliation-details.ts", "MAX_PARTS", 1]],
  ],
  ["rows of a round", [["functions/reconciliation/post-reconciliation-details.ts", "MAX_ROWS", 1]]],
  ["faults that are told of a file", [["shared/comparison/details-csv.ts", "MAX_FAULTS", 1]]],
  ["days at a glance", [["functions/kit/report-period.ts", "MAX_DAYS_AT_A_GLANCE", 1]]],
  ["days that the district's feed", [["shared/store/events/event-store.ts", "MAX_DAYS_AT_ONCE", 1]]],
  [
    "an attempt of a webhook",
    [
      ["shared/webhooks/post-webhook.ts", "TIMEOUT_MS", 1_000],
      ["functions/webhooks/silent-receivers.ts", "REST_MS", 1_000],
      ["functions/webhooks/silent-receivers.ts", "LONGEST_REST_MS", 1_000],
    ],
  ],
  ["receivers that are called", [["functions/webhooks/deliver-webhooks.ts", "RECEIVERS_AT_ONCE", 1]]],
] as const)("the page of limits states what stands in one file: %s", (start, figures) => {
  expect(limitOf(start)).toEqual(figures.map(([file, name, unit]) => figureIn(file, name) / unit));
});

test("the longest summary reads as many partitions as the page says", () => {
  const [days = 0, queries] = limitOf("days of a summary");
  const from = day("2025-03-31");
  const schema = z.object({ from: z.any(), to: z.any() }).check(periodIsReadable);
  expect(z.safeParse(schema, { from, to: addDays(from, days - 1) }).success).toBe(true);
  expect(z.safeParse(schema, { from, to: addDays(from, days) }).success).toBe(false);
  expect(monthsBetween(from, addDays(from, days - 1)).length * SUMMARY_SHARDS).toBe(queries);
});

test("each limit names a test that is there", () => {
  for (const [, what, , , shown = ""] of rows) {
    const [file = "none"] = shown.match(/test\/[\w/.-]+\.ts/) ?? [];
    expect(() => readFileSync(join(project, file)), what).not.toThrow();
  }
});
