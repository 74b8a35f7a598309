import { blockingCodes } from "../../shared/domain/visits/visit.ts";

/** Why the case, or what it authorises, keeps a visit from being settled. */
export const notSettled = ["CASE_UNDECIDED", "CASE_NOT_RECOGNISED", ...blockingCodes] as const;
