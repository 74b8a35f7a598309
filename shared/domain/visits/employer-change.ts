import { isSettling, type Visit } from "./visit.ts";

/**
 * Whether a visit is the employer's that its case is of, and goes over when its case does: as long as nothing of the fund stands
 * settled of it. What is settled, be it in part, stays with the employer that it was settled for until it is reversed.
 */
export const followsEmployer = ({ status, standing }: Pick<Visit, "status" | "standing">): boolean =>
  status !== "CANCELLED" && standing.every(({ kind }) => !isSettling(kind));

/** Whose a visit is, where its case is of this employer. */
export const employerUnder = (
  visit: Pick<Visit, "status" | "standing" | "employerUscc">,
  ofCase: string | undefined,
): string => (ofCase !== undefined && followsEmployer(visit) ? ofCase : visit.employerUscc);
