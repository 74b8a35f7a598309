import type { Instant } from "../dates.ts";
import type { Visit } from "./visit.ts";

/** The visit's next version, with what changes. */
export const toNext = (visit: Visit, at: Instant, changes: Partial<Visit>): Visit => ({
  ...visit,
  ...changes,
  version: visit.version + 1,
  // Clocks differ from one function to the next; what happens to one visit has an order all the same.
  updatedAt: at < visit.updatedAt ? visit.updatedAt : at,
});

/** The visit's next version with what is only marked on it (`revisionOf`): nothing that was done to it is changed. */
export const toMarked = (visit: Visit, at: Instant, changes: Partial<Visit>): Visit => ({
  ...toNext(visit, at, changes),
  marks: (visit.marks ?? 0) + 1,
});
