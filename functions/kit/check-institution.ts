import { type Failure, failure } from "../../shared/domain/failures.ts";
import { type Caller, isOfAgency } from "../../shared/http/caller.ts";
import type { IsStated } from "../../shared/store/registry/institution-store.ts";
import { isTransientError } from "../../shared/transient-error.ts";

/** Whether the service knows the institution that a token names: undefined, or why it does not serve it. */
export type CheckInstitution = (caller: Caller) => Promise<Failure | undefined>;

interface Known {
  readonly isStated: IsStated;
  /** The codes of the district's own agency and its offices. */
  readonly agencyCodes: readonly string[];
}

async function isKnown({ role, institution }: Caller, { isStated, agencyCodes }: Known): Promise<boolean> {
  if (isOfAgency(role)) return agencyCodes.includes(institution);
  return isStated(role === "hospital" ? "hospital" : "employer", institution);
}

/**
 * An issuer may serve more than this district: hospitals and employers are those that the agency has stated, and the
 * agency's people are those of its own codes. Where the Registry does not answer, BUSY.
 */
export const makeCheckInstitution =
  (known: Known): CheckInstitution =>
  async (caller) => {
    try {
      return (await isKnown(caller, known)) ? undefined : failure("INSTITUTION_UNKNOWN");
    } catch (error) {
      if (isTransientError(error)) return failure("BUSY");
      throw error;
    }
  };
