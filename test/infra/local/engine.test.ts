import { mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test, vi } from "vitest";
import { type Engine, startEngine } from "../../../infra/local/engine.ts";

const directory = mkdtempSync(join(tmpdir(), "engine-"));
let engine: Engine | undefined;
afterAll(async () => {
  await engine?.stop();
  rmSync(directory, { recursive: true, force: true });
});

const answers = async (url: string): Promise<boolean> => {
  const answer = await fetch(url, { method: "POST" }).catch(() => undefined);
  return answer !== undefined;
};

test("an engine that cannot be started again says so, and is tried until it can", async () => {
  const complaints = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const dataFile = join(directory, "engine.db");
  engine = await startEngine({ dataFile });
  const { endpoint, pid } = engine;
  renameSync(dataFile, `${dataFile}.away`);
  mkdirSync(dataFile);
  process.kill(pid, "SIGKILL");
  await vi.waitFor(() => expect(complaints).toHaveBeenCalled(), { timeout: 10_000 });
  expect(await answers(endpoint)).toBe(false);
  rmSync(dataFile, { recursive: true });
  renameSync(`${dataFile}.away`, dataFile);
  await vi.waitFor(async () => expect(await answers(endpoint)).toBe(true), { timeout: 10_000 });
});
