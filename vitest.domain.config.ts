import { defineConfig } from "vitest/config";

// The domain's own tests cover all its branches and kill its mutants without help: what an API test happens to run
// through is not thereby checked.
export default defineConfig({
  test: {
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 300_000,
    include: ["test/{unit,property}/**/*.test.ts"],
    // What has nothing to do with the domain takes its time once, with all the others.
    exclude: [
      "test/unit/{hostile-bodies,handlers,openapi,post-demo-bills}.test.ts",
      "test/unit/{files,http,infra,personal-data,supply-chain,webhooks}/**",
    ],
    coverage: {
      enabled: true,
      provider: "v8",
      include: ["shared/domain/**/*.ts"],
      reporter: [["text", { skipFull: true }]],
      thresholds: { branches: 100, functions: 100 },
    },
  },
});
