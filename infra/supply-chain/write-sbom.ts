import { mkdirSync, writeFileSync } from "node:fs";
import { readLockedPackages } from "./locked-packages.ts";
import { askNpmForBom, toSpec16 } from "./sbom.ts";

const FILE = "dist/sbom.cdx.json";

const bom = toSpec16(askNpmForBom("."), readLockedPackages("package-lock.json"));
mkdirSync("dist", { recursive: true });
writeFileSync(FILE, `${JSON.stringify(bom, null, 2)}\n`);
console.log(`${FILE}: CycloneDX ${bom.specVersion}, ${bom.components.length} components`);
