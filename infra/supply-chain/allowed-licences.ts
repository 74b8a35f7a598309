/**
 * Licences whose terms somebody who uses or passes on this service meets by keeping the notices. MPL-2.0 asks for
 * changes to its own files, and no package under it is changed here or part of a function's bundle.
 */
const allowed: ReadonlySet<string> = new Set([
  "0BSD",
  "Apache-2.0",
  "Artistic-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "BlueOak-1.0.0",
  "CC-BY-3.0",
  "CC-BY-4.0",
  "CC0-1.0",
  "ISC",
  "MIT",
  "MPL-2.0",
  "Python-2.0",
  "WTFPL",
]);

/** Whether an SPDX expression of names, OR and AND leaves a way to comply; none stated is not allowed. */
export function isAllowedLicence(expression: string | undefined): boolean {
  if (expression === undefined) return false;
  const choices = expression.replaceAll(/[()]/g, "").split(" OR ");
  return choices.some((choice) => choice.split(" AND ").every((name) => allowed.has(name.trim())));
}
