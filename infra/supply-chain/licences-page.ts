import type { LockedPackage } from "./locked-packages.ts";

/** docs/licences.md: every package that `npm ci` may install on any platform, by licence. */
export function makeLicencesPage(packages: readonly LockedPackage[]): string {
  const rows = [
    ...new Set(
      packages.map((each) => `| ${each.name} | ${each.version} | ${each.licence ?? "none stated"} |`),
    ),
  ];
  const counts = Map.groupBy(packages, ({ licence }) => licence ?? "none stated");
  const summary = [...counts].sort(([, a], [, b]) => b.length - a.length);
  return `# Licences of the packages that are used

Made by \`npm run licences\` from package-lock.json. The service itself is under Apache-2.0. A licence outside the list in
\`infra/supply-chain/allowed-licences.ts\` fails \`npm test\`.

${summary.map(([licence, { length }]) => `- ${licence}: ${length}`).join("\n")}

| package | version | licence |
|---|---|---|
${rows.join("\n")}
`;
}
