import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** For files that outlive the test file that made them, up to the end of the run. */
    readonly scratchFolder: string;
  }
}

/** Makes the folder; the returned function removes it with all that is in it. */
export function setup(project: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), "tests-"));
  project.provide("scratchFolder", folder);
  return () => rmSync(folder, { recursive: true, force: true });
}
