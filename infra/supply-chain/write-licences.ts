import { writeFileSync } from "node:fs";
import { makeLicencesPage } from "./licences-page.ts";
import { readLockedPackages } from "./locked-packages.ts";

writeFileSync("docs/licences.md", makeLicencesPage(readLockedPackages("package-lock.json")));
console.log("docs/licences.md is up to date");
