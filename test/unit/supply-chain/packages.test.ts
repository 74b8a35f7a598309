import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { isAllowedLicence } from "../../../infra/supply-chain/allowed-licences.ts";
import { makeLicencesPage } from "../../../infra/supply-chain/licences-page.ts";
import { readLockedPackages } from "../../../infra/supply-chain/locked-packages.ts";

const Versions = z.record(z.string(), z.string());
const Manifest = z.object({ devDependencies: Versions, optionalDependencies: Versions });
const manifest = Manifest.parse(JSON.parse(readFileSync("package.json", "utf8")));
const stated = { ...manifest.devDependencies, ...manifest.optionalDependencies };
const packages = readLockedPackages("package-lock.json");

describe("the packages that are used", () => {
  test("are stated with exact versions", () => {
    const loose = Object.entries(stated).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version));
    expect(loose).toEqual([]);
  });

  test("are locked as they are stated", () => {
    const locked = new Set(packages.map(({ name, version }) => `${name} ${version}`));
    const missing = Object.entries(stated).filter(([name, version]) => !locked.has(`${name} ${version}`));
    expect(missing).toEqual([]);
  });

  test("come from the registry by name, none from an address of its own", () => {
    expect(packages.filter(({ resolved }) => resolved !== undefined)).toEqual([]);
  });

  test("are pinned by SHA-512, but for builds of a benchmark's rule engine that the registry does not have", () => {
    const pinned = packages.filter(({ isBundled }) => !isBundled);
    const unproved = pinned.filter(({ integrity }) => !/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity ?? ""));
    expect(unproved.every(({ isOptional }) => isOptional)).toBe(true);
    expect(unproved.map(({ name, version }) => `${name} ${version}`)).toEqual(
      [
        "darwin-arm64",
        "darwin-x64",
        "linux-arm64-gnu",
        "linux-arm64-musl",
        "wasm32-wasi",
        "win32-x64-msvc",
      ].map((platform) => `@gorules/zen-engine-${platform} 0.54.0`),
    );
    expect(readFileSync("package.json", "utf8")).toContain('"@gorules/zen-engine": "0.54.0"');
  });

  test("run no script when they are installed; one would like to, and is not needed to", () => {
    expect(readFileSync(".npmrc", "utf8")).toMatch(/^ignore-scripts=true$/m);
    const names = packages.filter(({ hasInstallScript }) => hasInstallScript).map(({ name }) => name);
    // esbuild's script only replaces its launcher by the binary, which the optional package brings all the same.
    expect(names).toEqual(["esbuild"]);
  });

  test("are under allowed licences, every one", () => {
    const others = packages.filter(({ licence }) => !isAllowedLicence(licence));
    expect(others.map(({ name, licence }) => `${name}: ${licence}`)).toEqual([]);
  });

  test("are listed with their licences in docs/licences.md: run `npm run licences` if this fails", () => {
    expect(readFileSync("docs/licences.md", "utf8")).toBe(makeLicencesPage(packages));
  });
});

describe("a licence", () => {
  test.each([
    ["MIT", true],
    ["(MIT OR GPL-3.0-or-later)", true],
    ["MIT AND Apache-2.0", true],
    ["GPL-3.0-or-later", false],
    ["AGPL-3.0-only", false],
    ["MIT AND GPL-2.0-only", false],
    ["SEE LICENSE IN LICENSE.md", false],
    ["UNLICENSED", false],
    [undefined, false],
  ])("%s is allowed: %s", (expression, isAllowed) => {
    expect(isAllowedLicence(expression)).toBe(isAllowed);
  });
});
