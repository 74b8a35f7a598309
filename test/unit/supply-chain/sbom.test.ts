import { describe, expect, test } from "vitest";
import { readLockedPackages } from "../../../infra/supply-chain/locked-packages.ts";
import { askNpmForBom, toSpec16 } from "../../../infra/supply-chain/sbom.ts";

describe("the bill of materials", () => {
  const packages = readLockedPackages("package-lock.json");
  const bom = toSpec16(askNpmForBom("."), packages);

  test("is CycloneDX 1.6 of this service", () => {
    expect(bom).toMatchObject({
      $schema: "http://cyclonedx.org/schema/bom-1.6.schema.json",
      bomFormat: "CycloneDX",
      specVersion: "1.6",
      metadata: { component: { name: "work-injury-settlement", type: "application" } },
    });
  });

  test("has every locked package, with its purl and its licence", () => {
    const listed = new Map(bom.components.map((each) => [`${each.name}@${each.version}`, each]));
    const missing = packages.filter(({ name, version }) => {
      const component = listed.get(`${name}@${version}`);
      return component?.purl.startsWith("pkg:npm/") !== true || component.licenses === undefined;
    });
    expect(missing.map(({ name }) => name)).toEqual([]);
  });

  test("gives each component a reference of its own", () => {
    const references = bom.components.map((each) => each["bom-ref"]);
    expect(new Set(references).size).toBe(references.length);
  });
});
