import { execFileSync } from "node:child_process";
import * as z from "zod/mini";
import type { LockedPackage } from "./locked-packages.ts";

const Component = z.looseObject({
  name: z.string(),
  version: z.string(),
  "bom-ref": z.string(),
  purl: z.string(),
});

/** The part of a CycloneDX document that is looked at here; the rest is passed on as npm made it. */
const Bom = z.looseObject({
  bomFormat: z.literal("CycloneDX"),
  specVersion: z.string(),
  metadata: z.looseObject({ component: z.looseObject({ name: z.string() }) }),
  components: z.array(Component),
});
export type Bom = z.output<typeof Bom>;

const MAX_BYTES = 64_000_000;

/** The bill of materials as npm makes it of package-lock.json, without asking a registry. Throws where npm fails. */
export function askNpmForBom(repository: string): Bom {
  const output = execFileSync("npm", ["sbom", "--sbom-format", "cyclonedx", "--package-lock-only"], {
    cwd: repository,
    encoding: "utf8",
    maxBuffer: MAX_BYTES,
    stdio: ["ignore", "pipe", "ignore"],
  });
  return z.parse(Bom, JSON.parse(output));
}

/**
 * npm writes CycloneDX 1.5. What it uses of 1.5 means the same in 1.6, which asks for nothing more, so that the
 * version is all that changes, besides two gaps: the service's name, which npm takes from the folder, and the
 * licences of builds for other platforms. https://cyclonedx.org/docs/1.6/json/
 */
export function toSpec16(bom: Bom, packages: readonly LockedPackage[]): Bom {
  const licences = new Map(packages.map(({ name, version, licence }) => [`${name}@${version}`, licence]));
  const name = "work-injury-settlement";
  return {
    ...bom,
    $schema: "http://cyclonedx.org/schema/bom-1.6.schema.json",
    specVersion: "1.6",
    metadata: { ...bom.metadata, component: { ...bom.metadata.component, name, type: "application" } },
    components: bom.components.map((component) => {
      const licence = licences.get(`${component.name}@${component.version}`);
      if (component.licenses !== undefined || licence === undefined) return component;
      return { ...component, licenses: [{ expression: licence }] };
    }),
  };
}
