import { defineConfig } from "vitest/config";
import { ClosingLineReporter } from "./test/support/closing-line-reporter.ts";

export default defineConfig({
  test: {
    pool: "forks",
    maxWorkers: 2,
    reporters: ["default", new ClosingLineReporter()],
    projects: [
      {
        extends: true,
        test: { name: "plain", include: ["test/{unit,property,infra}/**/*.test.ts"] },
      },
      {
        extends: true,
        test: {
          name: "engine",
          include: ["test/{store,api}/**/*.test.ts"],
          globalSetup: ["test/support/engine-setup.ts"],
        },
      },
    ],
  },
});
