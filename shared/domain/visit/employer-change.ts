import type { Visit } from "./visit.ts";

/**
 * Whether a visit goes over to another employer when its case does: while it is treated or waits for the decision. What is
 * settled, be it in part, or has left the fund stays with the employer that it was settled for.
 */
export const followsEmployer = ({ status, standing }: Pick<Visit, "status" | "standing">): boolean =>
  (status === "OPEN" || status === "DISCHARGED" || status === "DEFERRED") &&
  standing.every(({ kind }) => kind === "DEFERRED");
