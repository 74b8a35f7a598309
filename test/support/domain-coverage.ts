import type { CoverageProviderModule } from "vitest/node";

const loadV8 = async (): Promise<CoverageProviderModule> => (await import("@vitest/coverage-v8")).default;
/** What an API test happens to run through of the domain is not thereby checked: only the domain's own tests count. */
const isCounted = (): boolean => process.env.COUNTS_FOR_COVERAGE === "yes";

/** Coverage by V8 as Vitest takes it, in those projects alone whose environment says that they count. */
const coverage: CoverageProviderModule = {
  getProvider: async () => (await loadV8()).getProvider(),
  startCoverage: async (options) => (isCounted() ? (await loadV8()).startCoverage?.(options) : undefined),
  takeCoverage: async (options) => (isCounted() ? (await loadV8()).takeCoverage?.(options) : undefined),
  stopCoverage: async (options) => (isCounted() ? (await loadV8()).stopCoverage?.(options) : undefined),
};
// biome-ignore lint/style/noDefaultExport: Vitest takes a coverage provider only so.
export default coverage;
