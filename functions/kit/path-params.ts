import * as z from "zod/mini";
import { atMost } from "../../shared/domain/bounds.ts";
import { inOneSpelling } from "../../shared/domain/identifiers.ts";

/** An id of ours; whatever else stands in its place names nothing. */
const OwnId = z.string().check(inOneSpelling, atMost(64));

export const ofVisit = z.strictObject({ visitId: OwnId });
export const ofSettlement = z.strictObject({ settlementId: OwnId });
