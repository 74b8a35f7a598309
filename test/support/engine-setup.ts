import type { TestProject } from "vitest/node";
import { startEngine } from "../../infra/local/engine.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Of the embedded engine that all test files of the run share. */
    readonly engineEndpoint: string;
  }
}

/** Starts one engine in memory for the whole run; the returned function stops it. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const engine = await startEngine();
  project.provide("engineEndpoint", engine.endpoint);
  return () => engine.stop();
}
