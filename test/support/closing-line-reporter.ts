import type { Reporter, TestModule } from "vitest/node";

/** Ends a run with one plain line, `N passed, N failed`, for readers that know no runner's own summary. */
export class ClosingLineReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], strayErrors: readonly unknown[]): void {
    // Other reporters and teardowns still print after the tests; at exit nothing is left that could.
    process.once("exit", (code) =>
      process.stdout.write(`${closingLine(modules, strayErrors.length, code)}\n`),
    );
  }
}

/** Errors that no test caught, and coverage that is not complete, fail the run, so they count as failures. */
function closingLine(modules: readonly TestModule[], strayErrors: number, exitCode: number): string {
  const counts = { passed: 0, failed: strayErrors, skipped: 0, pending: 0 };
  for (const module of modules) {
    const failedBefore = counts.failed;
    for (const test of module.children.allTests()) counts[test.result().state] += 1;
    // A file that breaks before its tests run has none to count, and is a failure all the same.
    if (!module.ok() && counts.failed === failedBefore) counts.failed += 1;
  }
  if (exitCode !== 0 && counts.failed === 0) counts.failed = 1;
  const skipped = counts.skipped + counts.pending;
  return `${counts.passed} passed, ${counts.failed} failed${skipped === 0 ? "" : `, ${skipped} skipped`}`;
}
