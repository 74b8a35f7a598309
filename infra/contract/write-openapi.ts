import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeOpenapi } from "../../functions/contract/openapi.ts";
import { operations } from "../../functions/contract/operations.ts";
import { makeApiReadme } from "./api-readme.ts";
import { makeErrorCodesPage } from "./error-codes-page.ts";

const repository = join(import.meta.dirname, "..", "..");
const folder = join(repository, "docs", "api");
const openapiFile = join(folder, "openapi.json");

const document = makeOpenapi(operations);
mkdirSync(folder, { recursive: true });
writeFileSync(openapiFile, JSON.stringify(document));
writeFileSync(join(folder, "README.md"), makeApiReadme(document));
writeFileSync(join(repository, "docs", "error-codes.md"), makeErrorCodesPage());
// The checks expect of every JSON file to be laid out as Biome does it.
execFileSync(join(repository, "node_modules", ".bin", "biome"), ["format", "--write", openapiFile], {
  cwd: repository,
});
console.log("docs/api and docs/error-codes.md are up to date");
