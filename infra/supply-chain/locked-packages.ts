import { readFileSync } from "node:fs";
import * as z from "zod/mini";

const Lockfile = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string(),
      license: z.optional(z.string()),
      resolved: z.optional(z.string()),
      integrity: z.optional(z.string()),
      inBundle: z.optional(z.boolean()),
      optional: z.optional(z.boolean()),
      hasInstallScript: z.optional(z.boolean()),
      optionalDependencies: z.optional(z.record(z.string(), z.string())),
    }),
  ),
});

/** One package that `npm ci` may install, as package-lock.json pins it. */
export interface LockedPackage {
  readonly name: string;
  readonly version: string;
  /** An SPDX expression; undefined where neither the package nor the one that it is a build of states any. */
  readonly licence: string | undefined;
  readonly resolved: string | undefined;
  readonly integrity: string | undefined;
  /** Part of another package's archive, whose checksum covers it. */
  readonly isBundled: boolean;
  /** Passed over where it cannot be installed, as builds for other platforms are. */
  readonly isOptional: boolean;
  readonly hasInstallScript: boolean;
}

const FOLDER = "node_modules/";
const nameOf = (place: string): string => place.slice(place.lastIndexOf(FOLDER) + FOLDER.length);

/**
 * Every package of a package-lock.json, in the order of names. npm records no licence for a build for another
 * platform than its own: such a build has the licence of the package that lists it among its optional ones.
 */
export function readLockedPackages(file: string): readonly LockedPackage[] {
  const { "": _self, ...entries } = z.parse(Lockfile, JSON.parse(readFileSync(file, "utf8"))).packages;
  const builtFor = new Map(
    Object.values(entries).flatMap(({ license, optionalDependencies = {} }) =>
      Object.keys(optionalDependencies).map((name) => [name, license] as const),
    ),
  );
  return Object.entries(entries)
    .map(([place, entry]) => ({
      name: nameOf(place),
      version: entry.version,
      licence: entry.license ?? builtFor.get(nameOf(place)),
      resolved: entry.resolved,
      integrity: entry.integrity,
      isBundled: entry.inBundle === true,
      isOptional: entry.optional === true,
      hasInstallScript: entry.hasInstallScript === true,
    }))
    .sort((a, b) => (`${a.name} ${a.version}` < `${b.name} ${b.version}` ? -1 : 1));
}
