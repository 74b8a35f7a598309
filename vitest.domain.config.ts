import { defineConfig } from "vitest/config";
import { domainTests } from "./test/support/domain-tests.ts";

// For Stryker, which runs the domain's own tests against each mutant.
export default defineConfig({
  test: { ...domainTests, pool: "forks", maxWorkers: 2, testTimeout: 300_000 },
});
