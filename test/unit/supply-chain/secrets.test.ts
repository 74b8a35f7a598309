import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, test } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "planted-"));
afterAll(() => rmSync(folder, { recursive: true }));

function scan(content: string) {
  writeFileSync(join(folder, "config.ts"), content);
  const rules = resolve(".secretlintrc.json");
  const { status, stdout } = spawnSync(
    resolve("node_modules/.bin/secretlint"),
    ["--secretlintrc", rules, "**/*"],
    {
      cwd: folder,
      encoding: "utf8",
    },
  );
  return { status, stdout };
}

// Put together here, so that this file holds no secret of its own.
const planted = {
  "a private key": [
    "-----BEGIN",
    " PRIVATE KEY-----\n",
    "MIIEvQIBADANBgkqhkiG9w0BAQ",
    "EFAASC".repeat(30),
    "\n-----END",
    " PRIVATE KEY-----",
  ],
  "an AWS key": ["AWS_SECRET_ACCESS_KEY=", "wJalrXUtnFEMIaK7MDENG", "bPxRfiCYzzz9aaaQ1xZ"],
  "a GitHub token": ["ghp_", "wWPw5k4aXcaT4fNP0UcnZwJUVFk6LO0pINUx"],
  "an npm token": ["//registry.npmjs.org/:_authToken=", "npm_", "abcdefghijklmnopqrstuvwxyz0123456789"],
  "a password in a URL": ["https://svc:", "hunter2hunter2", "@his.example.org/"],
};

describe("the secrets scan", () => {
  test.each(Object.entries(planted))("finds %s that was planted", (_what, parts) => {
    const { status, stdout } = scan(`export const value = \`${parts.join("")}\`;\n`);
    expect(status, stdout).toBe(1);
    expect(stdout).toContain("config.ts");
  });

  test("passes what has none", () => {
    expect(scan("export const value = 1;\n").status).toBe(0);
  });
});
