import { defineConfig } from "vitest/config";
import { ClosingLineReporter } from "./test/support/closing-line-reporter.ts";
import { domainTests } from "./test/support/domain-tests.ts";

/** Files that start services or commands, or set up a process for themselves, have one of their own. */
const alone = ["test/{infra/local,fuzz,unit/personal-data}/**/*.test.ts", "test/unit/kit/handlers.test.ts"];

export default defineConfig({
  test: {
    pool: "forks",
    // Two cores may be shared with anything: a test fails by what it finds, not by the hour.
    testTimeout: 300_000,
    hookTimeout: 180_000,
    maxWorkers: 2,
    reporters: ["default", new ClosingLineReporter()],
    coverage: {
      provider: "custom",
      customProviderModule: "./test/support/domain-coverage.ts",
      include: ["shared/domain/**/*.ts"],
      reporter: [["text", { skipFull: true }]],
      thresholds: { branches: 100, functions: 100 },
    },
    projects: [
      {
        extends: true,
        test: { name: "domain", ...domainTests, env: { COUNTS_FOR_COVERAGE: "yes" } },
      },
      {
        extends: true,
        test: {
          name: "engine",
          include: ["test/{store,api,simulation}/**/*.test.ts"],
          isolate: false,
          setupFiles: ["test/support/compile-cache.ts", "test/support/start-afresh.ts"],
          globalSetup: ["test/support/engine-setup.ts"],
        },
      },
      {
        extends: true,
        test: {
          name: "plain",
          include: [...domainTests.exclude, "test/infra/aws/**/*.test.ts"],
          exclude: alone,
          isolate: false,
          setupFiles: ["test/support/compile-cache.ts", "test/support/start-afresh.ts"],
          globalSetup: ["test/support/scratch-setup.ts"],
        },
      },
      {
        extends: true,
        test: { name: "alone", include: alone, setupFiles: ["test/support/compile-cache.ts"] },
      },
    ],
  },
});
