/**
 * How much is wrong with a request, on purpose: nothing, one thing, places, ids and days that are right in form alone,
 * every string, all of it, or who calls.
 */
export const manners = [
  "VALID",
  "NEARLY_VALID",
  "FORGED",
  "SCHEMA",
  "FORGED",
  "NEARLY_VALID",
  "FORGED",
  "HOSTILE",
  "WRONG_CALLER",
] as const;
export type Manner = (typeof manners)[number];
