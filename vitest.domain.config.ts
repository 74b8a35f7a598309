import { defineConfig } from "vitest/config";

// The domain's own tests cover all its branches and kill its mutants without help: what an API test happens to run
// through is not thereby checked.
export default defineConfig({
  test: {
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 300_000,
    include: ["test/{unit,property}/**/*.test.ts"],
    // It measures processor time, which counting of branches multiplies; it runs with all the others.
    exclude: ["test/unit/hostile-bodies.test.ts"],
    coverage: {
      enabled: true,
      provider: "v8",
      include: ["shared/domain/**/*.ts"],
      reporter: [["text", { skipFull: true }]],
      thresholds: { branches: 100, functions: 100 },
    },
  },
});
