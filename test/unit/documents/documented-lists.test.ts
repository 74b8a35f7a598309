import { describe, expect, test } from "vitest";
import { instantOf } from "../../../shared/domain/dates.ts";
import { attemptErrors } from "../../../shared/domain/webhooks/delivery.ts";
import { nextAttemptAfter } from "../../../shared/domain/webhooks/delivery-schedule.ts";
import { MAX_WEBHOOKS } from "../../../shared/domain/webhooks/webhook.ts";
import { readText } from "../../support/documents.ts";

/** What a pattern finds in a text, each once and in order. */
const namesIn = (text: string, pattern: RegExp): string[] =>
  [...new Set([...text.matchAll(pattern)].map(([, name = ""]) => name))].toSorted();
/** The first cells of a page's tables that are names, each of them alone or several with commas between. */
const firstCells = (text: string): string[] =>
  namesIn(text, /^\| (`[^|]+`) \|/gm).flatMap((cell) => namesIn(cell, /`(\w+)`/g));
/** A page's part below a heading. */
function partOf(page: string, heading: string): string {
  const [, after = ""] = readText(page).split(`\n${heading}\n`);
  return after.split(/^#+ /m)[0] ?? "";
}

describe("what is listed in a document is what the code has:", () => {
  test("the settings of a deployment, and the variables that stand for them", () => {
    const app = readText("infra/aws/app.ts");
    const rows = partOf("docs/deploy.md", "### Stages");
    expect(firstCells(rows).toSorted()).toEqual(namesIn(app, /findContext\("(\w+)"\)/g));
    const variables = namesIn(rows, /`([A-Z]+_[A-Z_]+)`/g);
    expect(variables).toEqual(namesIn(app, /process\.env\.(\w+)/g));
  });

  test("the variables of a start on one machine", () => {
    const read = namesIn(readText("infra/local/start.ts"), /\benv\.([A-Z_]+)/g);
    // The functions read it; a start only says what it is where nobody has.
    expect(firstCells(partOf("README.md", "## Two commands")).toSorted()).toEqual(
      [...read, "LOG_LEVEL"].toSorted(),
    );
  });

  test("the steps of a visit, in Chinese the same as in English", () => {
    const [english = "", chinese = ""] = readText("docs/state-machine.md").split("## 状态与操作");
    const steps = (text: string): string[][] =>
      [...text.matchAll(/^\|(?! ?-)[^\n]*`[^\n]*$/gm)].map(([row]) => namesIn(row, /`([^`]+)`/g));
    expect(steps(english).length).toBeGreaterThan(15);
    expect(steps(chinese.split("\n## ")[0] ?? "")).toEqual(steps(english));
  });

  test("the faults of the audit trail", () => {
    const [, texts = ""] = readText("infra/tools/verify-audit.ts").split("const faultTexts");
    const faults = namesIn(texts.split("};")[0] ?? "", /^ {2}([A-Z_]+):/gm);
    expect(faults.length).toBeGreaterThan(5);
    expect(firstCells(partOf("docs/audit.md", "## Verifying")).toSorted()).toEqual(faults);
  });

  test("why a webhook had no answer, and how many webhooks and attempts there are", () => {
    const page = readText("docs/webhooks.md");
    expect(page).toContain(`(\`${attemptErrors.join(" ")}\`)`);
    expect(page).toContain(`an institution has at most ${MAX_WEBHOOKS}.`);
    const [, kept] =
      /const KEPT_ATTEMPTS = (\d+);/.exec(readText("shared/domain/webhooks/delivery.ts")) ?? [];
    expect(page).toContain(`its latest ${kept} attempts`);
  });

  test("the pauses between attempts at a webhook", () => {
    const [, told = ""] =
      /is tried again after (.+? and then every 12 h)/.exec(readText("docs/webhooks.md")) ?? [];
    const secondsOf: Readonly<Record<string, number>> = { s: 1, min: 60, h: 3_600 };
    const pauses = [...told.matchAll(/(\d+) (s|min|h)\b/g)].map(
      ([, count, unit = ""]) => Number(count) * (secondsOf[unit] ?? Number.NaN),
    );
    const at = instantOf(0);
    const pauseAfter = (failures: number): number =>
      Date.parse(nextAttemptAfter({ startedAt: at, failures, at }) ?? "") / 1_000;
    expect(pauses.length).toBe(10);
    expect(pauses).toEqual(pauses.map((_pause, place) => pauseAfter(place + 1)));
    expect(pauseAfter(pauses.length + 1)).toBe(pauses.at(-1));
  });
});
