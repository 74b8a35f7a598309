import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test, vi } from "vitest";
import { createTables } from "../../../infra/local/create-tables.ts";
import { openDataDirectory } from "../../../infra/local/data-directory.ts";
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

const modesIn = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => [name, (statSync(join(folder, name)).mode & 0o777).toString(8)]),
  );

test("data files are their owner's alone, whatever the folder lets others do and whatever mode they had", async () => {
  const folder = join(directory, "open");
  mkdirSync(folder);
  chmodSync(folder, 0o777);
  writeFileSync(join(folder, "events-handled-until"), "x", { mode: 0o644 });
  chmodSync(join(folder, "events-handled-until"), 0o644);
  for (let start = 0; start < 2; start += 1) {
    const { engineFile = "" } = openDataDirectory(folder);
    const own = await startEngine({ dataFile: engineFile });
    await createTables(own.endpoint);
    const modes = modesIn(folder);
    expect(Object.keys(modes)).toEqual(
      expect.arrayContaining(["engine.db", "engine.db.log", "engine.db.pid", "personal-data-keys.json"]),
    );
    expect(new Set(Object.values(modes))).toEqual(new Set(["600"]));
    await own.stop();
    for (const name of readdirSync(folder)) chmodSync(join(folder, name), 0o644);
  }
});

test("an engine without a data file has its log under a name that nobody can foretell, and leaves none behind", async () => {
  const before = new Set(readdirSync(tmpdir()));
  const own = await startEngine();
  expect(existsSync(join(tmpdir(), `engine-${new URL(own.endpoint).port}.log`))).toBe(false);
  const made = readdirSync(tmpdir()).filter(
    (name) => !before.has(name) && existsSync(join(tmpdir(), name, "engine.log")),
  );
  expect(made.length).toBeGreaterThan(0);
  for (const name of made) expect(statSync(join(tmpdir(), name)).mode & 0o777).toBe(0o700);
  await own.stop();
  expect(made.some((name) => !existsSync(join(tmpdir(), name)))).toBe(true);
});

test("an engine's log follows no link that somebody put in its place", async () => {
  const folder = mkdtempSync(join(tmpdir(), "engine-"));
  writeFileSync(join(folder, "victim"), "kept");
  symlinkSync(join(folder, "victim"), join(folder, "engine.db.log"));
  await expect(startEngine({ dataFile: join(folder, "engine.db") })).rejects.toThrow("ELOOP");
  rmSync(folder, { recursive: true, force: true });
});
