import { join } from "node:path";
import { defineConfig } from "vitest/config";
import { ClosingLineReporter } from "./test/support/closing-line-reporter.ts";

export default defineConfig({
  test: {
    // Many tests start the service or a command in a process of its own: each module is compiled once for all.
    env: { NODE_COMPILE_CACHE: join(import.meta.dirname, "node_modules/.cache/node-compile") },
    pool: "forks",
    // Two cores may be shared with anything: a test fails by what it finds, not by the hour.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    maxWorkers: 2,
    reporters: ["default", new ClosingLineReporter()],
    projects: [
      {
        extends: true,
        test: { name: "plain", include: ["test/{unit,property,infra,fuzz}/**/*.test.ts"] },
      },
      {
        extends: true,
        test: {
          name: "engine",
          include: ["test/{store,api,simulation}/**/*.test.ts"],
          globalSetup: ["test/support/engine-setup.ts"],
        },
      },
    ],
  },
});
